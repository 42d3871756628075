package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// document is what `terraform providers schema -json` prints, as far as it is read here.
type document struct {
	Providers map[string]provider `json:"provider_schemas"`
}

type provider struct {
	Provider    object            `json:"provider"`
	Resources   map[string]object `json:"resource_schemas"`
	DataSources map[string]object `json:"data_source_schemas"`
}

type object struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	Blocks     map[string]nestedBlock `json:"block_types"`
}

type attribute struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Optional bool            `json:"optional"`
	Computed bool            `json:"computed"`
}

type nestedBlock struct {
	Nesting  string `json:"nesting_mode"`
	Block    block  `json:"block"`
	MinItems int64  `json:"min_items"`
	MaxItems int64  `json:"max_items"`
}

func readDocument(file string) (document, error) {
	var parsed document
	raw, err := os.ReadFile(file)
	if err != nil {
		return parsed, err
	}
	return parsed, json.Unmarshal(raw, &parsed)
}

func (o object) schema() *tfprotov6.Schema {
	return &tfprotov6.Schema{Version: o.Version, Block: o.Block.schema()}
}

var nestings = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
}

func (b block) schema() *tfprotov6.SchemaBlock {
	made := &tfprotov6.SchemaBlock{}
	for _, name := range sorted(b.Attributes) {
		it := b.Attributes[name]
		made.Attributes = append(made.Attributes, &tfprotov6.SchemaAttribute{
			Name: name, Type: typeOf(it.Type), Required: it.Required, Optional: it.Optional, Computed: it.Computed,
		})
	}
	for _, name := range sorted(b.Blocks) {
		it := b.Blocks[name]
		made.BlockTypes = append(made.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Nesting: nestings[it.Nesting], Block: it.Block.schema(), MinItems: it.MinItems, MaxItems: it.MaxItems,
		})
	}
	return made
}

// typeOf reads a type as the schema document writes it: "string", or ["list", "string"].
func typeOf(raw json.RawMessage) tftypes.Type {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		switch name {
		case "string":
			return tftypes.String
		case "number":
			return tftypes.Number
		case "bool":
			return tftypes.Bool
		case "dynamic":
			return tftypes.DynamicPseudoType
		}
		panic(fmt.Sprintf("no type %q", name))
	}
	var pair [2]json.RawMessage
	if err := json.Unmarshal(raw, &pair); err != nil || json.Unmarshal(pair[0], &name) != nil {
		panic(fmt.Sprintf("no type %s", raw))
	}
	element := typeOf(pair[1])
	switch name {
	case "list":
		return tftypes.List{ElementType: element}
	case "set":
		return tftypes.Set{ElementType: element}
	case "map":
		return tftypes.Map{ElementType: element}
	}
	panic(fmt.Sprintf("no type %s", raw))
}

func sorted[T any](named map[string]T) []string {
	names := make([]string, 0, len(named))
	for name := range named {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
