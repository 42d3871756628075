package main

import (
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// serveRedis serves the part of Redis that Argo CD uses as its cache: redis ADDRESS.
// Clients must give the password of the environment variable REDIS_PASSWORD where it is set.
func serveRedis(arguments []string) error {
	server := miniredis.NewMiniRedis()
	if password := os.Getenv("REDIS_PASSWORD"); password != "" {
		server.RequireAuth(password)
	}
	if err := server.StartAddr(arguments[0]); err != nil {
		return err
	}
	// miniredis keeps its own clock for expiry and moves it only when told.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
	return nil
}
