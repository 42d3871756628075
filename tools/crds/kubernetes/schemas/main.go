// Command schemas prints the schemas of the built-in kinds, as kube-apiserver serves them (enums included, which the
// published api/openapi-spec leaves out), together with the definition that each group, version and kind refers to.
package main

import (
	"encoding/json"
	"log"
	"os"
	"reflect"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

type kind struct {
	Group      string `json:"group"`
	Version    string `json:"version"`
	Kind       string `json:"kind"`
	Definition string `json:"definition"`
}

type output struct {
	Kinds       []kind                 `json:"kinds"`
	Definitions map[string]spec.Schema `json:"definitions"`
}

func main() {
	out := output{Definitions: map[string]spec.Schema{}}
	reference := func(name string) spec.Ref { return spec.MustCreateRef("#/definitions/" + name) }
	for name, definition := range openapi.GetOpenAPIDefinitions(reference) {
		out.Definitions[name] = definition.Schema
	}
	out.Kinds = kindsOf(knownTypes())
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		log.Fatal(err)
	}
}

func knownTypes() *runtime.Scheme {
	known := runtime.NewScheme()
	utilruntime.Must(scheme.AddToScheme(known))
	utilruntime.Must(apiextensionsv1.AddToScheme(known))
	utilruntime.Must(apiregistrationv1.AddToScheme(known))
	return known
}

func kindsOf(known *runtime.Scheme) []kind {
	var kinds []kind
	for gvk, goType := range known.AllKnownTypes() {
		named, ok := reflect.New(goType).Interface().(interface{ OpenAPIModelName() string })
		if ok {
			kinds = append(kinds, kind{gvk.Group, gvk.Version, gvk.Kind, named.OpenAPIModelName()})
		}
	}
	return kinds
}
