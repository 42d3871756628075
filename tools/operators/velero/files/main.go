// Command files is a plugin of Velero that keeps objects as files below a directory, in the place of a bucket. Velero itself
// knows the provider by the name "fs" for what Kopia writes.
package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/vmware-tanzu/velero/pkg/plugin/framework"
)

type files struct{ root string }

func main() {
	framework.NewServer().RegisterObjectStore("velero.io/fs", func(logrus.FieldLogger) (any, error) { return &files{}, nil }).Serve()
}

// Init takes the same setting as Velero's own support for Kopia on files.
func (f *files) Init(config map[string]string) error {
	f.root = config["fspath"]
	if f.root == "" {
		return errors.New("config.fspath is missing")
	}
	return nil
}

func (f *files) path(bucket, key string) string {
	return filepath.Join(f.root, bucket, filepath.FromSlash(key))
}

// PutObject gives the object its name only when it is whole.
func (f *files) PutObject(bucket, key string, body io.Reader) error {
	target := f.path(bucket, key)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	partial, err := os.CreateTemp(f.root, "partial-")
	if err != nil {
		return err
	}
	defer os.Remove(partial.Name())
	if _, err := io.Copy(partial, body); err != nil {
		return err
	}
	if err := partial.Close(); err != nil {
		return err
	}
	return os.Rename(partial.Name(), target)
}

func (f *files) ObjectExists(bucket, key string) (bool, error) {
	_, err := os.Stat(f.path(bucket, key))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (f *files) GetObject(bucket, key string) (io.ReadCloser, error) {
	return os.Open(f.path(bucket, key))
}

func (f *files) ListCommonPrefixes(bucket, prefix, delimiter string) ([]string, error) {
	keys, err := f.ListObjects(bucket, prefix)
	if err != nil {
		return nil, err
	}
	var prefixes []string
	seen := map[string]bool{}
	for _, key := range keys {
		head, _, isBelow := strings.Cut(strings.TrimPrefix(key, prefix), delimiter)
		if common := prefix + head + delimiter; isBelow && !seen[common] {
			seen[common] = true
			prefixes = append(prefixes, common)
		}
	}
	return prefixes, nil
}

func (f *files) ListObjects(bucket, prefix string) ([]string, error) {
	var keys []string
	top := f.path(bucket, "")
	if err := os.MkdirAll(top, 0o700); err != nil {
		return nil, err
	}
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(top, path)
		if key := filepath.ToSlash(relative); err == nil && strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
		return err
	})
	return keys, err
}

func (f *files) DeleteObject(bucket, key string) error {
	return os.Remove(f.path(bucket, key))
}

// CreateSignedURL is asked for by people's downloads alone.
func (f *files) CreateSignedURL(string, string, time.Duration) (string, error) {
	return "", errors.New("files have no URLs")
}
