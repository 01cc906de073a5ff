package render

import "testing"

func TestTitlesOfTags(t *testing.T) {
	for _, tt := range []struct{ tag, want string }{
		{`{{< spoiler text="A b" >}}`, "A b"},
		{"{% details Example code %}", "Example code"},
		{`{{< details "Question" >}}`, "Question"},
		{`{{< details "A" open >}}`, "A open"},
		{"{{< details closed >}}", ""},
		{"{% folding, launch.json %}", "launch.json"},
		{"{% folding yellow:: T %}", "T"},
		{"{% folding yellow open, T, u %}", "T, u"},
		{"{% folding a::b %}", "a::b"},
		{"{% folding color:red open:true T %}", "T"},
		{"{% hideToggle T, #fff %}", "T"},
		{"{% hideToggle T,red,blue %}", "T"},
		{"{% hideToggle Open questions %}", "Open questions"},
		{"{% note primary %}", ""},
		{"{% note info flat %}", ""},
		{"{% note blue 'fas fa-magic' modern %}", ""},
		{"{% note danger Error Text %}", "Error Text"},
		{"{% note Default text %}", "Default text"},
		{"{% noteblock quote, T %}", "T"},
		{`{{< admonition tip "Info" true >}}`, "Info"},
		{"{{< hint warning >}}", ""},
		{`{{< tab "Example" >}}`, "Example"},
	} {
		if tag, _ := shortcodeAt(tt.tag); tag.title() != tt.want {
			t.Errorf("%s: got %q, want %q", tt.tag, tag.title(), tt.want)
		}
	}
}
