// promql-names reads a JSON list of PromQL expressions and prints, for each, the names of the metrics that it asks for.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var expressions []string
	if err := json.NewDecoder(os.Stdin).Decode(&expressions); err != nil {
		return err
	}
	all := make([][]string, 0, len(expressions))
	for _, expression := range expressions {
		names, err := namesIn(expression)
		if err != nil {
			return fmt.Errorf("%s: %w", expression, err)
		}
		all = append(all, names)
	}
	return json.NewEncoder(os.Stdout).Encode(all)
}

func namesIn(expression string) ([]string, error) {
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expression)
	if err != nil {
		return nil, err
	}
	names := []string{}
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			names = append(names, selector.Name)
		}
		return nil
	})
	slices.Sort(names)
	return slices.Compact(names), nil
}
