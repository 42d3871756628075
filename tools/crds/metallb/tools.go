// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import (
	_ "go.universe.tf/metallb/api/v1beta1"
	_ "go.universe.tf/metallb/api/v1beta2"
)
