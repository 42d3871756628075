// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import (
	_ "github.com/ceph/ceph-csi-operator/api/v1"
)
