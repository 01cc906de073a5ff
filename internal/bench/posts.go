//go:build linux

package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lectern/content"
)

// title is the title of a post that writePosts writes, and slug its name.
func title(i int) string { return fmt.Sprintf("Post %05d", i) }
func slug(i int) string  { return fmt.Sprintf("post-%05d", i) }

const (
	longEnough = 4000 // bytes that fill more than a screen
	usual      = 9600 // bytes of a post, as 1,300 real ones have them on the average
)

// writePosts writes n posts to a folder, which it makes, and returns how many bytes they have. They are the longer posts of the program
// over and over and some paragraphs more, each under a title of its own, which also begins its text, and with a dozen words that no
// other post has, as real ones do.
func writePosts(dir string, n int) (bytes int, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	names, err := fs.Glob(content.FS, "*.md")
	if err != nil {
		return 0, err
	}
	var texts, paragraphs []string
	for _, name := range names {
		b, err := fs.ReadFile(content.FS, name)
		if err != nil {
			return 0, err
		}
		_, text, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
		if len(text) > longEnough {
			texts = append(texts, text)
		}
		for i, part := range strings.Split(text, "```") {
			if i%2 == 0 { // not code
				paragraphs = append(paragraphs, strings.Split(part, "\n\n")...)
			}
		}
	}
	random, old := rand.New(rand.NewPCG(1, 2)), time.Now().Add(-time.Hour) // what has just been written may change unseen, and is read again
	for i := range n {
		post := fmt.Sprintf("---\ntitle: %s\ndate: 2025-01-01\n---\n\n%s is about %s.\n%s", title(i), title(i), words(random), texts[i%len(texts)])
		// The newest, which is first in the list, is the one with the lowest number.
		post = strings.Replace(post, "2025-01-01", fmt.Sprintf("%04d-%02d-%02d", 2024-i/336, 12-i/28%12, 28-i%28), 1)
		for bytes+len(post) < usual*(i+1) {
			post += "\n\n" + paragraphs[random.IntN(len(paragraphs))]
		}
		bytes += len(post)
		file := filepath.Join(dir, slug(i)+".md")
		err := errors.Join(os.WriteFile(file, []byte(post), 0o600), os.Chtimes(file, old, old))
		if err != nil {
			return 0, err
		}
	}
	return bytes, nil
}

// The post that writeLong writes.
const (
	longSlug  = "the-long-one"
	longTitle = "A long post"
)

// writeLong writes a post of a megabyte to a folder.
func writeLong(dir string) error {
	random := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString("---\ntitle: " + longTitle + "\ndate: 1990-01-01\n---\n")
	for i := 0; b.Len() < 1_000_000; i++ {
		fmt.Fprintf(&b, "\n## Section %d\n\n", i)
		for range 8 {
			fmt.Fprintf(&b, "%s\n", words(random))
		}
	}
	return os.WriteFile(filepath.Join(dir, longSlug+".md"), []byte(b.String()), 0o600)
}

// words are made up.
func words(random *rand.Rand) string {
	syllables := strings.Fields("ba do fi gu ka le mi no pu ra se ti vo wu zan ler min tok")
	var all []string
	for range 12 {
		var w strings.Builder
		for range 3 + random.IntN(2) {
			w.WriteString(syllables[random.IntN(len(syllables))])
		}
		all = append(all, w.String())
	}
	return strings.Join(all, " ")
}

// floorScreen is a screen of text of so many bytes, with the mark of a list.
func floorScreen(bytes int) []byte {
	row := "one row of a screen, of no more than a hundred and twenty cells, with words in it\r\n"
	screen := title(0) + "\r\n" + strings.Repeat(row, 1+bytes/len(row))
	return []byte(screen[:max(bytes, len(title(0)))])
}
