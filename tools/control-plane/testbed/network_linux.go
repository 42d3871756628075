package main

import (
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

const insideNetwork = "inside-network"

// enterNetwork runs a command in a network and a mount namespace of its own, whose only interface is the loopback:
// network [-hosts FILE] [-local CIDR]... -- COMMAND ARGUMENT...
// Whatever listens there, even on every address, cannot be reached from outside.
func enterNetwork(arguments []string) error {
	command := exec.Command("/proc/self/exe", append([]string{insideNetwork}, arguments...)...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGTERM}
	if os.Geteuid() != 0 {
		command.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		command.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	// The parent's death signal is bound to the thread that starts the command.
	runtime.LockOSThread()
	if err := command.Start(); err != nil {
		return fmt.Errorf("no network namespace can be made here (it needs root, or user namespaces): %w", err)
	}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for each := range signals {
			// A terminal sends Ctrl-C to the command as well.
			if each != syscall.SIGINT {
				_ = command.Process.Signal(each)
			}
		}
	}()
	err := command.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		os.Exit(max(exit.ExitCode(), 1))
	}
	return err
}

// setUpNetwork runs inside the new namespaces and becomes the command.
func setUpNetwork(arguments []string) error {
	flags := flag.NewFlagSet(insideNetwork, flag.ExitOnError)
	hosts := flags.String("hosts", "", "what is seen as /etc/hosts")
	var local []netip.Prefix
	flags.Func("local", "addresses that are this machine's", func(text string) error {
		prefix, err := netip.ParsePrefix(text)
		local = append(local, prefix)
		return err
	})
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if err := raiseLoopback(local); err != nil {
		return err
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("mounts cannot be made private: %w", err)
	}
	if *hosts != "" {
		if err := unix.Mount(*hosts, "/etc/hosts", "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("/etc/hosts: %w", err)
		}
	}
	return become(flags.Args())
}

// raiseLoopback switches the loopback interface on and gives it more addresses, as aliases lo:1, lo:2 ...
// On this interface every address of a prefix is local.
func raiseLoopback(local []netip.Prefix) error {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(socket)
	up, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	up.SetUint16(unix.IFF_UP | unix.IFF_LOOPBACK | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, up); err != nil {
		return fmt.Errorf("the loopback interface cannot be switched on: %w", err)
	}
	for index, prefix := range local {
		alias := fmt.Sprintf("lo:%d", index+1)
		if err := setAddress(socket, unix.SIOCSIFADDR, alias, prefix.Addr()); err != nil {
			return fmt.Errorf("%s: %w", prefix, err)
		}
		mask := netip.AddrFrom4([4]byte{255, 255, 255, 255})
		masked, err := mask.Prefix(prefix.Bits())
		if err != nil {
			return err
		}
		if err := setAddress(socket, unix.SIOCSIFNETMASK, alias, masked.Addr()); err != nil {
			return fmt.Errorf("%s: %w", prefix, err)
		}
	}
	return nil
}

func setAddress(socket int, operation uint, alias string, address netip.Addr) error {
	request, err := unix.NewIfreq(alias)
	if err != nil {
		return err
	}
	bytes := address.As4()
	if err := request.SetInet4Addr(bytes[:]); err != nil {
		return err
	}
	return unix.IoctlIfreq(socket, operation, request)
}

// enterPod runs a command under a pod's name, with a ServiceAccount's files where a pod has them:
// pod NAME DIRECTORY -- COMMAND ARGUMENT...
func enterPod(arguments []string) error {
	flags := flag.NewFlagSet("pod", flag.ExitOnError)
	if err := flags.Parse(arguments[2:]); err != nil {
		return err
	}
	// A namespace belongs to a thread until the command takes the whole process over.
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNS | unix.CLONE_NEWUTS); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte(arguments[0])); err != nil {
		return err
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Mount("tmpfs", "/run", "tmpfs", 0, ""); err != nil {
		return err
	}
	const parent = "/run/secrets/kubernetes.io"
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	if err := os.Symlink(arguments[1], filepath.Join(parent, "serviceaccount")); err != nil {
		return err
	}
	return become(flags.Args())
}

func become(command []string) error {
	path, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	return syscall.Exec(path, command, os.Environ())
}
