// A provider that has a schema and nothing else: it takes what fits its types, remembers it, and calls nobody. It stands in
// where the real provider cannot be had, and proves only what a schema can: names, types, what is required.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

func main() {
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	schemas, err := readDocument(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		log.Fatal(err)
	}
	for address, schema := range schemas.Providers {
		if err := tf6server.Serve(address, func() tfprotov6.ProviderServer { return server{schema: schema} }); err != nil {
			log.Fatal(err)
		}
	}
}
