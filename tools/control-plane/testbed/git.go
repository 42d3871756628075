package main

import (
	"net"
	"net/http"
	"net/http/cgi"
	"os/exec"
	"path/filepath"
)

// serveGit serves bare repositories over HTTPS as their hosts would: git ADDRESS CERTIFICATE KEY ROOT, where
// https://HOST/PATH is the repository ROOT/HOST/PATH, with or without ".git" at the end.
func serveGit(arguments []string) error {
	address, certificate, key := arguments[0], arguments[1], arguments[2]
	root, err := filepath.Abs(arguments[3])
	if err != nil {
		return err
	}
	git, err := exec.LookPath("git")
	if err != nil {
		return err
	}
	handler := http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		host, _, err := net.SplitHostPort(request.Host)
		if err != nil {
			host = request.Host
		}
		backend := cgi.Handler{
			Path: git,
			Args: []string{"http-backend"},
			Env:  []string{"GIT_HTTP_EXPORT_ALL=1", "GIT_PROJECT_ROOT=" + filepath.Join(root, filepath.Base(host))},
		}
		backend.ServeHTTP(response, request)
	})
	return http.ListenAndServeTLS(address, certificate, key, handler)
}
