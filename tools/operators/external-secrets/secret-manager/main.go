// Command secret-manager stands for Google's Secret Manager and its tokens, as far as External Secrets asks them: it keeps
// values in memory, and writes them to a file at every change, for the test to look at.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Who shows no token of ours is refused, as by Google.
const token = "hearth-end-to-end"

// A vault has secrets by their name, projects/<project>/secrets/<id>; one without a value has no version yet.
type vault struct {
	secretmanagerpb.UnimplementedSecretManagerServiceServer
	lock    sync.Mutex
	state   string
	secrets map[string]*secret
}

type secret struct {
	described *secretmanagerpb.Secret
	value     []byte
}

func main() {
	listen := flag.String("listen", "127.0.0.1:443", "where the vault answers")
	tokens := flag.String("tokens", "", "where tokens are given out, without TLS")
	certificate := flag.String("certificate", "", "the vault's certificate")
	key := flag.String("key", "", "its key")
	values := flag.String("values", "", "a JSON file: what the owner has put there, by name")
	state := flag.String("state", "", "a JSON file that always holds what is there")
	flag.Parse()
	if err := serve(*listen, *tokens, *certificate, *key, *values, *state); err != nil {
		log.Fatal(err)
	}
}

func serve(listen, tokens, certificate, key, values, state string) error {
	text, err := os.ReadFile(values)
	if err != nil {
		return err
	}
	var initial map[string]string
	if err := json.Unmarshal(text, &initial); err != nil {
		return err
	}
	served := &vault{state: state, secrets: map[string]*secret{}}
	for name, value := range initial {
		served.secrets[name] = &secret{described: &secretmanagerpb.Secret{Name: name}, value: []byte(value)}
	}
	if err := served.tell(); err != nil {
		return err
	}
	secure, err := credentials.NewServerTLSFromFile(certificate, key)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.Creds(secure), grpc.UnaryInterceptor(authenticated))
	secretmanagerpb.RegisterSecretManagerServiceServer(server, served)
	ended := make(chan error, 2)
	go func() { ended <- http.ListenAndServe(tokens, http.HandlerFunc(giveToken)) }()
	go func() { ended <- server.Serve(listener) }()
	return <-ended
}

func giveToken(response http.ResponseWriter, _ *http.Request) {
	response.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(response, `{"access_token":%q,"token_type":"Bearer","expires_in":3600}`, token)
}

func authenticated(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	shown, _ := metadata.FromIncomingContext(ctx)
	if len(shown.Get("authorization")) != 1 || shown.Get("authorization")[0] != "Bearer "+token {
		return nil, status.Error(codes.Unauthenticated, "no token of this vault")
	}
	return handle(ctx, request)
}

func (v *vault) GetSecret(_ context.Context, request *secretmanagerpb.GetSecretRequest) (*secretmanagerpb.Secret, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	found, err := v.find(request.GetName())
	if err != nil {
		return nil, err
	}
	return found.described, nil
}

func (v *vault) CreateSecret(_ context.Context, request *secretmanagerpb.CreateSecretRequest) (*secretmanagerpb.Secret, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	name := request.GetParent() + "/secrets/" + request.GetSecretId()
	if v.secrets[name] != nil {
		return nil, status.Error(codes.AlreadyExists, name)
	}
	described := request.GetSecret()
	described.Name = name
	v.secrets[name] = &secret{described: described}
	return described, v.tell()
}

func (v *vault) UpdateSecret(_ context.Context, request *secretmanagerpb.UpdateSecretRequest) (*secretmanagerpb.Secret, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	found, err := v.find(request.GetSecret().GetName())
	if err != nil {
		return nil, err
	}
	found.described = request.GetSecret()
	return found.described, nil
}

func (v *vault) AddSecretVersion(_ context.Context, request *secretmanagerpb.AddSecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	found, err := v.find(request.GetParent())
	if err != nil {
		return nil, err
	}
	found.value = request.GetPayload().GetData()
	return &secretmanagerpb.SecretVersion{Name: request.GetParent() + "/versions/1"}, v.tell()
}

func (v *vault) AccessSecretVersion(_ context.Context, request *secretmanagerpb.AccessSecretVersionRequest) (*secretmanagerpb.AccessSecretVersionResponse, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	name, _, _ := strings.Cut(request.GetName(), "/versions/")
	found, err := v.find(name)
	if err != nil {
		return nil, err
	}
	if found.value == nil {
		return nil, status.Error(codes.NotFound, request.GetName())
	}
	return &secretmanagerpb.AccessSecretVersionResponse{Name: request.GetName(), Payload: &secretmanagerpb.SecretPayload{Data: found.value}}, nil
}

func (v *vault) find(name string) (*secret, error) {
	if found := v.secrets[name]; found != nil {
		return found, nil
	}
	return nil, status.Error(codes.NotFound, name)
}

// tell writes what has a value; whoever reads the file never sees half of it.
func (v *vault) tell() error {
	values := map[string]string{}
	for name, each := range v.secrets {
		if each.value != nil {
			values[name] = string(each.value)
		}
	}
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	if err := os.WriteFile(v.state+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(v.state+".new", v.state)
}
