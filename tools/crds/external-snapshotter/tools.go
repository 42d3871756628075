// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import (
	_ "github.com/kubernetes-csi/external-snapshotter/client/v8/apis/volumesnapshot/v1"
)
