package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
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
// pod NAME DIRECTORY [-mount SOURCE:TARGET]... -- COMMAND ARGUMENT...
// With mounts it sees a root of its own: this machine's, with the sources at their targets.
func enterPod(arguments []string) error {
	flags := flag.NewFlagSet("pod", flag.ExitOnError)
	mounts := map[string]string{}
	flags.Func("mount", "what is seen where", func(text string) error {
		source, target, ok := strings.Cut(text, ":")
		if !ok || !filepath.IsAbs(target) {
			return fmt.Errorf("%q is not SOURCE:TARGET", text)
		}
		mounts[filepath.Clean(target)] = source
		return nil
	})
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
	const account = "/run/secrets/kubernetes.io/serviceaccount"
	if len(mounts) > 0 {
		mounts[account] = arguments[1]
		return inRoot(filepath.Dir(arguments[1]), mounts, flags.Args())
	}
	if err := unix.Mount("tmpfs", "/run", "tmpfs", 0, ""); err != nil {
		return err
	}
	if err := bind(arguments[1], account); err != nil {
		return err
	}
	return become(flags.Args())
}

// inRoot runs a command in a root that shows this machine's files, but for the mounts and an empty /run; nothing is
// written to this machine's own. It is mounted on a new directory below the given one.
func inRoot(directory string, mounts map[string]string, command []string) error {
	root, err := os.MkdirTemp(directory, "root-")
	if err != nil {
		return err
	}
	if err := unix.Mount("tmpfs", root, "tmpfs", 0, "mode=755"); err != nil {
		return err
	}
	targets := slices.Sorted(maps.Keys(mounts))
	if err := mirror(root, "/", targets); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(root, "run"), 0o755); err != nil {
		return err
	}
	for _, target := range targets {
		if err := bind(mounts[target], filepath.Join(root, target)); err != nil {
			return err
		}
	}
	if err := unix.Chroot(root); err != nil {
		return err
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	return become(command)
}

// mirror shows what is in a directory at another place; directories on the way to a target are made anew.
func mirror(place, directory string, targets []string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		original := filepath.Join(directory, entry.Name())
		shown := filepath.Join(place, entry.Name())
		isHidden := original == "/run" || slices.Contains(targets, original)
		leads := slices.ContainsFunc(targets, func(target string) bool { return strings.HasPrefix(target, original+"/") })
		switch {
		case isHidden:
			continue
		case leads && entry.IsDir():
			if err = os.Mkdir(shown, 0o755); err == nil {
				err = mirror(shown, original, targets)
			}
		case entry.Type()&os.ModeSymlink != 0:
			var link string
			if link, err = os.Readlink(original); err == nil {
				err = os.Symlink(link, shown)
			}
		case entry.IsDir() || entry.Type().IsRegular() || entry.Type()&os.ModeDevice != 0:
			err = bind(original, shown)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", original, err)
		}
	}
	return nil
}

// bind shows a file or a directory at another place as well.
func bind(source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if info.IsDir() {
		err = os.MkdirAll(target, 0o755)
	} else if err = os.MkdirAll(filepath.Dir(target), 0o755); err == nil {
		err = os.WriteFile(target, nil, 0o644)
	}
	if err != nil {
		return err
	}
	if err := unix.Mount(source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("%s at %s: %w", source, target, err)
	}
	return nil
}

func become(command []string) error {
	path, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	return syscall.Exec(path, command, os.Environ())
}
