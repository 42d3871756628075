// verdicts reads a JSON list of policies with peers and prints, for each, what Cilium's own policy engine lets them say to each other.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"sync"

	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	ipcachetypes "github.com/cilium/cilium/pkg/ipcache/types"
	k8sconst "github.com/cilium/cilium/pkg/k8s/apis/cilium.io"
	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	policyutils "github.com/cilium/cilium/pkg/policy/utils"
	"github.com/cilium/cilium/pkg/u8proto"
)

// question is what is asked: of every pod among the peers, what it may say to and hear from every peer, on every port.
type question struct {
	Policies []*v2.CiliumNetworkPolicy `json:"policies"`
	Peers    []peer                    `json:"peers"`
	Ports    []port                    `json:"ports"`
}

// peer is a pod, somebody whom Cilium knows by a reserved label, an address outside the cluster, or one that a name has.
type peer struct {
	Namespace       string            `json:"namespace,omitempty"`
	Labels          map[string]string `json:"labels,omitempty"`
	NamespaceLabels map[string]string `json:"namespaceLabels,omitempty"`
	NamedPorts      map[string]port   `json:"namedPorts,omitempty"`
	Reserved        []string          `json:"reserved,omitempty"`
	Address         string            `json:"address,omitempty"`
	Names           []string          `json:"names,omitempty"`
}

type port struct {
	Port     uint16 `json:"port"`
	Protocol string `json:"protocol"`
}

// answer holds for each pod and each peer one character a port: "1" where it is let through.
type answer struct {
	// Policies that the agent would not take.
	Refused []string   `json:"refused"`
	Egress  [][]string `json:"egress"`
	Ingress [][]string `json:"ingress"`
}

func main() {
	var asked []question
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		fail(err)
	}
	// As the agent is configured when nobody says otherwise.
	option.Config.EnableL7Proxy = true
	option.Config.EnableNonDefaultDenyPolicies = true
	option.Config.EnableIPv4 = true
	policy.SetPolicyEnabled(option.DefaultEnforcement)
	logger := slog.New(slog.DiscardHandler)
	if err := labelsfilter.ParseLabelPrefixCfg(logger, nil, nil, ""); err != nil {
		fail(err)
	}
	answers := make([]*answer, 0, len(asked))
	for _, it := range asked {
		found, err := answerTo(logger, it)
		if err != nil {
			fail(err)
		}
		answers = append(answers, found)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func answerTo(logger *slog.Logger, asked question) (*answer, error) {
	repository := policy.NewPolicyRepository(logger, nil, nil, nil, identitymanager.NewIDManager(logger), quiet{})
	repository.GetSelectorCache().SetLocalIdentityNotifier(nobody{})
	identities, err := identitiesOf(asked.Peers)
	if err != nil {
		return nil, err
	}
	all := identity.IdentityMap{}
	for _, it := range identities {
		all[it.ID] = it.LabelArray
	}
	repository.UpdateIdentities(all, nil)
	repository.GetSelectorCache().UpdateIdentities(all, nil, &sync.WaitGroup{})

	found := &answer{Refused: []string{}, Egress: [][]string{}, Ingress: [][]string{}}
	for index, it := range asked.Policies {
		rules, err := it.Parse(logger, "")
		if err != nil {
			found.Refused = append(found.Refused, fmt.Sprintf("%s/%s: %v", it.Namespace, it.Name, err))
			continue
		}
		repository.ReplaceByResource(policyutils.RulesToPolicyEntries(rules), ipcachetypes.ResourceID(fmt.Sprint(index)))
	}
	for index, it := range asked.Peers {
		if it.Namespace == "" {
			continue
		}
		held, err := policyFor(logger, repository, identities[index], it)
		if err != nil {
			return nil, err
		}
		found.Egress = append(found.Egress, verdicts(held, policy.EgressKey(), identities, asked.Ports))
		found.Ingress = append(found.Ingress, verdicts(held, policy.IngressKey(), identities, asked.Ports))
	}
	return found, nil
}

func policyFor(logger *slog.Logger, repository *policy.Repository, of *identity.Identity, pod peer) (*policy.EndpointPolicy, error) {
	selected, _, err := repository.ComputeSelectorPolicy(of)
	if err != nil {
		return nil, err
	}
	// No proxy runs here: whatever would go through one counts as let through.
	held := selected.DistillPolicy(logger, endpoint{pod, uint64(of.ID)}, map[string]uint16{policy.FallbackRedirectID: 1})
	held.Ready()
	held.Detach(logger)
	selected.Supersede()
	return held, nil
}

func verdicts(held *policy.EndpointPolicy, direction policy.Key, identities []*identity.Identity, ports []port) []string {
	lines := make([]string, 0, len(identities))
	for _, it := range identities {
		line := make([]byte, 0, len(ports))
		for _, asked := range ports {
			entry, _, _ := held.Lookup(direction.WithIdentity(it.ID).WithPortProto(protocolOf(asked), asked.Port))
			if entry.IsDeny() {
				line = append(line, '0')
			} else {
				line = append(line, '1')
			}
		}
		lines = append(lines, string(line))
	}
	return lines
}

func protocolOf(it port) u8proto.U8proto {
	protocol, err := u8proto.ParseProtocol(it.Protocol)
	if err != nil {
		fail(err)
	}
	return protocol
}

// identitiesOf gives each peer the identity that the agent would: by its labels, and by what is reserved.
func identitiesOf(peers []peer) ([]*identity.Identity, error) {
	identities := make([]*identity.Identity, 0, len(peers))
	for index, it := range peers {
		found, err := identityOf(identity.NumericIdentity(index), it)
		if err != nil {
			return nil, err
		}
		identities = append(identities, found)
	}
	return identities, nil
}

func identityOf(index identity.NumericIdentity, it peer) (*identity.Identity, error) {
	switch {
	case it.Namespace != "":
		all := labels.Map2Labels(it.Labels, labels.LabelSourceK8s)
		all.MergeLabels(labels.Map2Labels(map[string]string{k8sconst.PodNamespaceLabel: it.Namespace, k8sconst.PolicyLabelCluster: "default"}, labels.LabelSourceK8s))
		for key, value := range it.NamespaceLabels {
			all.MergeLabels(labels.Map2Labels(map[string]string{k8sconst.PodNamespaceMetaLabels + "." + key: value}, labels.LabelSourceK8s))
		}
		identifying, _ := labelsfilter.Filter(all)
		return identity.NewIdentity(1000+index, identifying), nil
	case len(it.Reserved) > 0:
		all := labels.Labels{}
		for _, name := range it.Reserved {
			all.MergeLabels(labels.NewFrom(labels.Labels{name: labels.NewLabel(name, "", labels.LabelSourceReserved)}))
		}
		found := identity.LookupReservedIdentityByLabels(all)
		if found == nil {
			return nil, fmt.Errorf("nobody is %v", it.Reserved)
		}
		return found, nil
	}
	address, err := netip.ParseAddr(it.Address)
	if err != nil {
		return nil, err
	}
	all := labels.GetCIDRLabels(netip.PrefixFrom(address, address.BitLen()))
	for _, name := range it.Names {
		selector := api.FQDNSelector{MatchName: name}
		label := selector.IdentityLabel()
		all[label.Key] = label
	}
	return identity.NewIdentity(identity.IdentityScopeLocal|index, all), nil
}

// endpoint is a pod to the engine.
type endpoint struct {
	pod peer
	id  uint64
}

func (it endpoint) GetID() uint64 { return it.id }

func (it endpoint) GetIngressNamedPort(name string, protocol u8proto.U8proto) uint16 {
	named := it.pod.NamedPorts[name]
	if named.Port != 0 && protocolOf(named) == protocol {
		return named.Port
	}
	return 0
}

func (endpoint) PolicyDebug(string, ...any) {}

func (endpoint) IsHost() bool { return false }

func (endpoint) PreviousMapState() *policy.MapState { return nil }

func (endpoint) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	done := make(chan bool)
	close(done)
	return done
}

// quiet counts no rules.
type quiet struct{}

func (quiet) AddRule(types.PolicyEntry) {}

func (quiet) DelRule(types.PolicyEntry) {}

// nobody looks for the addresses of names: they are given.
type nobody struct{}

func (nobody) RegisterFQDNSelector(api.FQDNSelector) uint64 { return 0 }

func (nobody) UnregisterFQDNSelector(api.FQDNSelector) uint64 { return 0 }
