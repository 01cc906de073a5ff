package render

import "testing"

func TestBlocksOfColons(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"none", "a ::: b\n", "a ::: b\n"},
		{"a note", ":::note\na\n:::\nb\n", "\n> [!note] \n> \n> a\n\nb\n"},
		{"a title", ":::tip[A b]\na\n:::\n", "\n> [!tip] A b\n> \n> a\n\n"},
		{"another name", ":::columns\na\n:::\n", "\n\na\n\n"},
		{"one that never ends", ":::note\na\n", ":::note\na\n"},
		{"another name with a title", ":::details A\na\n:::\n", "\n**A**\n\na\n\n"},
		{"one of Python", "!!! note \"A\"\n    a\n\nb\n", "\n> [!note] A\n> \n> a\n>\n\nb\n"},
		{"in an item", "- a\n\n  :::note\n  b\n  :::\n", "- a\n\n\n  > [!note] \n  > \n  > b\n\n"},
		{"after code in an item", "- ```bash\n  echo\n  ```\n\n:::note\na\n:::\n", "- ```bash\n  echo\n  ```\n\n\n> [!note] \n> \n> a\n\n"},
		{"in code of an item", "1. - ```\n     :::note\n     :::\n     ```\n", "1. - ```\n     :::note\n     :::\n     ```\n"},
		{"not in code", "```\n:::note\n:::\n```\n", "```\n:::note\n:::\n```\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := fenced(tt.body); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
