package main

import (
	"io"
	"net"
)

// forward carries connections from one address to another: forward LISTEN TARGET.
func forward(arguments []string) error {
	listener, err := net.Listen("tcp", arguments[0])
	if err != nil {
		return err
	}
	for {
		incoming, err := listener.Accept()
		if err != nil {
			return err
		}
		go carry(incoming, arguments[1])
	}
}

func carry(incoming net.Conn, target string) {
	defer incoming.Close()
	outgoing, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer outgoing.Close()
	done := make(chan struct{}, 2)
	for _, ends := range [][2]net.Conn{{outgoing, incoming}, {incoming, outgoing}} {
		go func() {
			_, _ = io.Copy(ends[0], ends[1])
			done <- struct{}{}
		}()
	}
	// Either side's end is both sides'.
	<-done
}
