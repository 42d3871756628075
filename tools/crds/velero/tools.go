// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import (
	_ "github.com/vmware-tanzu/velero/pkg/apis/velero/v1"
	_ "github.com/vmware-tanzu/velero/pkg/apis/velero/v2alpha1"
)
