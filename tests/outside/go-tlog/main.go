// Checks a log directory with the code of Go's own checksum database (golang.org/x/mod/sumdb): checkpoints, tiles,
// inclusion and consistency proofs. It knows nothing of this project but the layout of C2SP tlog-tiles.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proofs struct {
	Inclusion []struct {
		Index, Size int64
		Leaf        string
		Proof       []string
	}
	Consistency []struct {
		First, Second int64
		Proof         []string
	}
}

type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.dir, path))
		if os.IsNotExist(err) && tile.W < 256 {
			full, _, _ := strings.Cut(path, ".p/")
			if data, err = os.ReadFile(filepath.Join(t.dir, full)); err == nil {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	h, err := tlog.ParseHash(text)
	must(err)
	return h
}

func hashes(texts []string) []tlog.Hash {
	out := []tlog.Hash{}
	for _, text := range texts {
		out = append(out, hash(text))
	}
	return out
}

func main() {
	dir, vkey := os.Args[1], os.Args[2]
	verifier, err := note.NewVerifier(vkey)
	must(err)

	trees := map[int64]tlog.Tree{}
	files, err := filepath.Glob(filepath.Join(dir, "ckpt", "*.note"))
	must(err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(err)
		signed, err := note.Open(data, note.VerifierList(verifier))
		must(err)
		lines := strings.Split(signed.Text, "\n")
		size, err := strconv.ParseInt(lines[1], 10, 64)
		must(err)
		root, err := base64.StdEncoding.DecodeString(lines[2])
		must(err)
		tree := tlog.Tree{N: size}
		copy(tree.Hash[:], root)
		reader := tlog.TileHashReader(tree, tiles{dir})
		again, err := tlog.TreeHash(size, reader)
		must(err)
		if again != tree.Hash {
			must(fmt.Errorf("tiles of size %d do not lead to the checkpoint's root", size))
		}
		trees[size] = tree
	}

	var all proofs
	data, err := os.ReadFile(filepath.Join(dir, "proofs.json"))
	must(err)
	must(json.Unmarshal(data, &all))
	start := time.Now()
	for _, p := range all.Inclusion {
		must(tlog.CheckRecord(hashes(p.Proof), p.Size, trees[p.Size].Hash, p.Index, hash(p.Leaf)))
		own, err := tlog.ProveRecord(p.Size, p.Index, tlog.TileHashReader(trees[p.Size], tiles{dir}))
		must(err)
		if fmt.Sprint(own) != fmt.Sprint(tlog.RecordProof(hashes(p.Proof))) {
			must(fmt.Errorf("another inclusion proof of %d in %d", p.Index, p.Size))
		}
	}
	for _, p := range all.Consistency {
		must(tlog.CheckTree(hashes(p.Proof), p.Second, trees[p.Second].Hash, p.First, trees[p.First].Hash))
	}
	fmt.Printf("%d checkpoints, %d inclusion and %d consistency proofs accepted in %s\n", len(trees), len(all.Inclusion), len(all.Consistency), time.Since(start))
}
