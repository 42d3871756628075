// Command check reads CustomResourceDefinitions (JSON files named as arguments) and prints what the API server of this
// module's version would refuse on create. It exits 1 when there is anything to print.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

func main() {
	known := runtime.NewScheme()
	install.Install(known)
	refused := false
	for _, file := range os.Args[1:] {
		if err := check(known, file); err != nil {
			fmt.Printf("%s: %v\n", file, err)
			refused = true
		}
	}
	if refused {
		os.Exit(1)
	}
}

func check(known *runtime.Scheme, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &crd); err != nil {
		return err
	}
	known.Default(&crd)
	var internal apiextensions.CustomResourceDefinition
	if err := known.Convert(&crd, &internal, nil); err != nil {
		return err
	}
	// The API server fills this in on create, and validation wants it.
	for _, version := range internal.Spec.Versions {
		if version.Storage {
			internal.Status.StoredVersions = []string{version.Name}
		}
	}
	return validation.ValidateCustomResourceDefinition(context.Background(), &internal).ToAggregate()
}
