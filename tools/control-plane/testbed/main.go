// Command testbed is what a run needs around Kubernetes and Argo CD: a cache, certificates, a git server,
// and a private network in which all of it listens.
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func(arguments []string) error{
		"redis":        serveRedis,
		"certificates": writeCertificates,
		"git":          serveGit,
		"forward":      forward,
		"network":      enterNetwork,
		insideNetwork:  setUpNetwork,
		"pod":          enterPod,
	}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: testbed redis|certificates|git|forward|network|pod ...")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "testbed %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
