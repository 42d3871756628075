package main

import (
	"context"

	"github.com/spf13/pflag"
	corev1 "k8s.io/api/core/v1"
	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	apireg "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	cmscheme "github.com/cert-manager/cert-manager/pkg/client/clientset/versioned/scheme"
	"github.com/cert-manager/cert-manager/pkg/controller/cainjector"
	"github.com/cert-manager/cert-manager/pkg/util"
)

// runCAInjector asks of the API server what cmd/cainjector/app of cert-manager 1.21 does: the same caches, the same lock.
func runCAInjector(ctx context.Context, flags *pflag.FlagSet, arguments []string) error {
	addVerbosity(flags)
	namespace := flags.String("namespace", "", "the only namespace that is watched")
	election := flags.String("leader-election-namespace", "kube-system", "where the Lease is")
	listen := flags.String("metrics-listen-address", "0.0.0.0:9402", "where metrics are served")
	certificates := flags.Bool("enable-certificates-data-source", true, "inject from Certificates")
	injectable := map[string]*bool{}
	for name, resource := range map[string]string{
		cainjector.MutatingWebhookConfigurationName:   "mutatingwebhookconfigurations",
		cainjector.ValidatingWebhookConfigurationName: "validatingwebhookconfigurations",
		cainjector.APIServiceName:                     "apiservices",
		cainjector.CustomResourceDefinitionName:       "customresourcedefinitions",
	} {
		injectable[name] = flags.Bool("enable-"+resource+"-injectable", true, "inject into "+resource)
	}
	if err := flags.Parse(arguments); err != nil {
		return err
	}

	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{kscheme.AddToScheme, cmscheme.AddToScheme, apiext.AddToScheme, apireg.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	var namespaces map[string]cache.Config
	if *namespace != "" {
		namespaces = map[string]cache.Config{*namespace: {}}
	}
	configuration, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	manager, err := ctrl.NewManager(util.RestConfigWithUserAgent(configuration, "cainjector"), ctrl.Options{
		Scheme:                        scheme,
		Cache:                         cache.Options{ReaderFailOnMissingInformer: true, DefaultNamespaces: namespaces},
		Client:                        client.Options{Cache: &client.CacheOptions{DisableFor: []client.Object{&corev1.Secret{}}}},
		LeaderElection:                true,
		LeaderElectionNamespace:       *election,
		LeaderElectionID:              "cert-manager-cainjector-leader-election",
		LeaderElectionReleaseOnCancel: true,
		LeaderElectionResourceLock:    resourcelock.LeasesResourceLock,
		Metrics:                       metrics.Options{BindAddress: *listen},
	})
	if err != nil {
		return err
	}
	enabled := map[string]bool{}
	for name, value := range injectable {
		enabled[name] = *value
	}
	setup := cainjector.SetupOptions{Namespace: *namespace, EnableCertificatesDataSource: *certificates, EnabledReconcilersFor: enabled}
	if err := cainjector.RegisterAllInjectors(ctx, manager, setup); err != nil {
		return err
	}
	return manager.Start(ctx)
}
