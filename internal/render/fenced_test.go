package render

import (
	"strings"
	"testing"
	"time"
)

func TestBlocksOfColons(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"none", "a ::: b\n", "a ::: b\n"},
		{"a note", ":::note\na\n:::\nb\n", "\n> [!note] \n> \n> a\n\nb\n"},
		{"a title", ":::tip[A b]\na\n:::\n", "\n> [!tip] A b\n> \n> a\n\n"},
		{"another name", ":::columns\na\n:::\n", "\n\na\n\n"},
		{"one that never ends", ":::note\na\n", ":::note\na\n"},
		{"another name with a title", ":::details A\na\n:::\n", "\n**A**\n\na\n\n"},
		{"one of Python", "!!! note \"A\"\n    a\n\nb\n", "\n> [!note] A\n> \n> a\n>\n\nb\n"},
		{"a title in Markdown", ":::tip[My *tip* [a]]{open}\na\n:::\n", "\n> [!tip] My *tip* [a]\n> \n> a\n\n"},
		{"a title with a bracket", "::: tip See [a]\nb\n:::\n", "\n> [!tip] See [a]\n> \n> b\n\n"},
		{"of Qiita", ":::note warn\na\n:::\n:::note alert\nb\n:::\n", "\n> [!warning] \n> \n> a\n\n\n> [!alert] \n> \n> b\n\n"},
		{"of Zenn", ":::message\na\n:::\n:::message alert\nb\n:::\n", "\n> [!note] \n> \n> a\n\n\n> [!warning] \n> \n> b\n\n"},
		{"details of VuePress in Chinese", "::: details 点击 **查看**\na\n:::\nb\n", "\n点击 **查看**\n\na\n\nb\n"},
		{"one of Python that is a quote", "!!! quote \"A\"\n    a\n", "\n> [!quote] A\n> \n> a\n"},
		{"one of Python that is open", "???+ my \"A\"\n    a\nb\n", "\n> [!my] A\n> \n> a\n\nb\n"},
		{"exclamations", "!!! look at that\n", "!!! look at that\n"},
		{"in a quote", "> a\n> :::note\n> b\n>\n> c\n> :::\n> d\n", "> a\n>\n> > [!note] \n> > \n> > b\n> >\n> > c\n>\n> d\n"},
		{"columns in a quote", "> :::columns A\n> b\n> :::\n", ">\n> **A**\n>\n> b\n>\n"},
		{"in a quote that ends before", "> :::note\n> ```\n> b\n\nc\n:::\n", ">\n> > [!note] \n> > \n> > ```\n> > b\n>\n\nc\n\n"},
		{"a quote in it", ":::note\n> :::tip\n> a\n> :::\n:::\nb\n", "\n> [!note] \n> \n> >\n> > > [!tip] \n> > > \n> > > a\n> >\n\nb\n"},
		{"not in code of a quote", "> ```\n> :::note\n> :::\n> ```\n", "> ```\n> :::note\n> :::\n> ```\n"},
		{"in an item", "- a\n\n  :::note\n  b\n  :::\n", "- a\n\n\n  > [!note] \n  > \n  > b\n\n"},
		{"after code in an item", "- ```bash\n  echo\n  ```\n\n:::note\na\n:::\n", "- ```bash\n  echo\n  ```\n\n\n> [!note] \n> \n> a\n\n"},
		{"in code of an item", "1. - ```\n     :::note\n     :::\n     ```\n", "1. - ```\n     :::note\n     :::\n     ```\n"},
		{"tabs", "::: tabs\n@tab One\naa\n@tab Two\nbb\n:::\n@tab\n", "\n\n\n**One**\n\naa\n\n**Two**\n\nbb\n\n@tab\n"},
		{"tabs of code", ":::: code-tabs#sh\n@tab pnpm#p\n```sh\n@tab a\n```\n@tab:active C#\nb\n::::\n", "\n\n\n**pnpm**\n\n```sh\n@tab a\n```\n\n**C#**\n\nb\n\n"},
		{"tabs in a quote", "> ::: tabs\n> @tab a\n> b\n> :::\n", ">\n>\n>\n> **a**\n>\n> b\n>\n"},
		{"of MyST", ":::{admonition} My title\n:class: tip\n:name: a\nb\n:c: d\n:::\n:::{note}\ne\n:::\n", "\n> [!note] My title\n> \n> b\n> :c: d\n\n\n> [!note] \n> \n> e\n\n"},
		{"a picture of MyST", ":::{figure} a.png\n:alt: b\nc\n:::\n", "\n\nc\n\n"},
		{"of Quarto", "::: {.callout-note}\na\n:::\n::: {.callout-warning title=\"A b\"}\nc\n:::\n", "\n> [!note] \n> \n> a\n\n\n> [!warning] A b\n> \n> c\n\n"},
		{"columns of Quarto", "::: {.columns}\na\n:::\n", "\n\na\n\n"},
		{"of two colons", "::callout{icon=\"x\"}\na\n::\n::note{title=\"A\"}\nb\n::\n::c\n", "\n\na\n\n\n> [!note] A\n> \n> b\n\n::c\n"},
		{"of two in one of three", ":::note\n::tip\na\n::\n:::\n", "\n> [!note] \n> \n> \n> > [!tip] \n> > \n> > a\n> \n\n"},
		{"two colons", "a ::\n::\nstd::b\n::c d\n::\n", "a ::\n::\nstd::b\n::c d\n::\n"},
		{"not in code", "```\n:::note\n:::\n```\n", "```\n:::note\n:::\n```\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := fenced(tt.body); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHostileBlocksOfColonsAreBounded(t *testing.T) {
	for _, pattern := range []string{"::a\n", "::a\n::\n", "::: tabs\n@tab a\n", ":::{a}\n:b:\n", ":::\n::: {.a title=\"", "<CodeBlock\n"} {
		begin := time.Now()
		fenced(strings.Repeat(pattern, megabyte/len(pattern)))
		if took := time.Since(begin); took > 2*slowness*time.Second {
			t.Errorf("%q took %v", pattern, took)
		} else {
			t.Logf("%q took %v", pattern, took)
		}
	}
}
