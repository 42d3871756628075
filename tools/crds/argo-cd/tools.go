// Package tools pins the API types whose CustomResourceDefinitions `npm run import` generates.
package tools

import _ "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
