//go:build tools

// Package tools pins the generator that turns API types into CustomResourceDefinitions.
package tools

import _ "sigs.k8s.io/controller-tools/cmd/controller-gen"
