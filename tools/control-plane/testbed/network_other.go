//go:build !linux

package main

import "errors"

const insideNetwork = "inside-network"

var errLinuxOnly = errors.New("network namespaces exist on Linux only")

func enterNetwork([]string) error { return errLinuxOnly }

func setUpNetwork([]string) error { return errLinuxOnly }

func enterPod([]string) error { return errLinuxOnly }
