// Command cert-manager is the controller, the webhook and the cainjector as one program. Upstream's own commands are
// nested modules that a module proxy does not serve, so this wires the same packages of the root module; its path lies
// below upstream's because internal packages are visible only there.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"

	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

// A part reads its flags, then runs until the context ends.
type part func(ctx context.Context, flags *pflag.FlagSet, arguments []string) error

func main() {
	parts := map[string]part{"controller": runController, "webhook": runWebhook, "cainjector": runCAInjector}
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: cert-manager controller|webhook|cainjector [flags]")
		os.Exit(2)
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	ctrl.SetLogger(klog.Background())
	flags := pflag.NewFlagSet(os.Args[1], pflag.ExitOnError)
	if err := parts[os.Args[1]](klog.NewContext(ctx, logf.Log), flags, os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "cert-manager %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

// addVerbosity adds the flag --v, which the webhook's own options bring.
func addVerbosity(flags *pflag.FlagSet) {
	logging := flag.NewFlagSet("klog", flag.ExitOnError)
	klog.InitFlags(logging)
	flags.AddGoFlag(logging.Lookup("v"))
}
