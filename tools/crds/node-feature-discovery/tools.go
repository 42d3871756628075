// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import (
	_ "sigs.k8s.io/node-feature-discovery/api/nfd/v1alpha1"
)
