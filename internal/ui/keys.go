package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/text"
)

// An action is what a key asks for, whatever the key is.
type action int

const (
	noAction action = iota
	up
	down
	pageUp
	pageDown
	halfUp
	halfDown
	top
	bottom
	choose
	previousPost
	nextPost
	filter
	switchTheme
	showHelp
	back
	quit
	showOutline
	nextHeading
	previousHeading
	goHeading
	showLinks
	goLink
	showTags
	goTag
	find
	nextHit
	previousHit
	pickCode
	copyCommand
	copyText
	copyCode
	reload
	forwards
	backwards
	narrower
	wider
	toggleMouse
	present
	showSearch
	openFound
)

// A binding ties keys to an action. This table is the only place that names a
// key: handlers look actions up in it, and the footer and the help print it.
type binding struct {
	action action
	keys   []string // as tea.KeyPressMsg.String spells them
	show   string   // how help and footer write the keys
	label  string   // one word or two for the footer; empty: not in the footer
	help   string   // what it does, for the help screen
}

// A keymap is the bindings of one screen, the most useful first: a narrow
// footer shows as many as fit.
type keymap []binding

// find returns the action that the key asks for, or noAction.
func (m keymap) find(k tea.KeyPressMsg) action {
	name := k.String()
	for _, b := range m {
		if slices.Contains(b.keys, name) {
			return b.action
		}
	}
	return noAction
}

var listKeys = keymap{
	{choose, []string{"enter", "l", "right"}, "enter", "read", "read the selected post; also l and →"},
	{showHelp, []string{"?", "f1"}, "?", "help", "this help"},
	{quit, []string{"q"}, "q", "quit", "leave the blog; ctrl+c does so everywhere"},
	{filter, []string{"/"}, "/", "filter", "show only posts that match some words"},
	{down, []string{"j", "down", "tab", "ctrl+n"}, "j ↓", "down", "next post"},
	{up, []string{"k", "up", "shift+tab", "ctrl+p"}, "k ↑", "up", "previous post"},
	{showSearch, []string{"s"}, "s", "search", "search the text of all posts"},
	{showTags, []string{"#"}, "#", "tags", "the tags, and the posts that have them"},
	{switchTheme, []string{"t"}, "t", "theme", "another theme"},
	{narrower, []string{"<"}, "<", "", "a narrower column of text"},
	{wider, []string{">"}, ">", "", "a wider one"},
	{toggleMouse, []string{"m"}, "m", "", "the wheel and clicks on, and off again to select text"},
	{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space PgDn", "", "next page; also f"},
	{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
	{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
	{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
	{top, []string{"g", "home"}, "g Home", "", "first post"},
	{bottom, []string{"G", "end"}, "G End", "", "last post"},
	{back, []string{"esc"}, "esc", "", "show all posts again"},
}

// taggedKeys are listKeys where only the posts with a tag are shown.
var taggedKeys = func() keymap {
	m := slices.Clone(listKeys)
	for i := range m {
		switch m[i].action {
		case quit:
			m[i] = binding{back, []string{"q", "esc", "h", "left", "backspace"}, "q", "back", "back to where you were"}
		case back:
			m[i] = binding{}
		}
	}
	return slices.DeleteFunc(m, func(b binding) bool { return b.action == noAction })
}()

// filteredKeys are listKeys while a filter is kept: the way back to all posts
// comes first.
var filteredKeys = func() keymap {
	m := slices.Clone(listKeys)
	all := m[len(m)-1]
	all.label = "show all"
	return append(keymap{all}, m[:len(m)-1]...)
}()

var readerKeys = keymap{
	{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space", "page", "next page; also f and PgDn"},
	{back, []string{"q", "esc", "h", "left", "backspace"}, "q", "back", "back to the list; also esc, h and ←"},
	{showHelp, []string{"?", "f1"}, "?", "help", "this help"},
	{down, []string{"j", "down", "enter", "ctrl+n"}, "j ↓", "down", "one line down; also enter"},
	{up, []string{"k", "up", "ctrl+p"}, "k ↑", "up", "one line up"},
	{find, []string{"/"}, "/", "find", "find words in this post"},
	{showOutline, []string{"o"}, "o", "contents", "the headings of this post"},
	{showLinks, []string{"l"}, "l", "links", "the links and notes of this post"},
	{showSearch, []string{"s"}, "s", "", "search the text of all posts"},
	{showTags, []string{"#"}, "#", "tags", "the tags, those of this post first"},
	{nextPost, []string{"]"}, "]", "next", "next post in the list"},
	{previousPost, []string{"["}, "[", "previous", "previous post in the list"},
	{nextHit, []string{"n"}, "n", "", "next place that has the words"},
	{previousHit, []string{"N"}, "N", "", "previous place that has them"},
	{nextHeading, []string{"}"}, "}", "", "next heading"},
	{previousHeading, []string{"{"}, "{", "", "previous heading"},
	{pickCode, []string{"y"}, "y", "", "copy source code: a number says which"},
	{copyCommand, []string{"Y"}, "Y", "", "copy the command that opens this post"},
	{reload, []string{"r"}, "r", "", "the post as it is now, when it changed"},
	{backwards, []string{"H", "alt+left"}, "H", "", "the post that was open before; also alt+←"},
	{forwards, []string{"L", "alt+right"}, "L", "", "and on again; also alt+→"},
	{present, []string{"p"}, "p", "present", "one section at a time, for a projector"},
	{switchTheme, []string{"t"}, "t", "theme", "another theme"},
	{narrower, []string{"<"}, "<", "", "a narrower column of text"},
	{wider, []string{">"}, ">", "", "a wider one"},
	{toggleMouse, []string{"m"}, "m", "", "the wheel and clicks on, and off again to select text"},
	{pageUp, []string{"b", "pgup", "shift+space", "ctrl+b"}, "b PgUp", "", "previous page"},
	{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
	{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
	{top, []string{"g", "home"}, "g Home", "", "start of the post"},
	{bottom, []string{"G", "end"}, "G End", "", "end of the post"},
}

var helpKeys = keymap{
	{back, []string{"q", "esc", "?", "f1", "enter", "left", "h"}, "q", "close", "close this help"},
	{down, []string{"j", "down", "ctrl+n"}, "j ↓", "down", "one line down"},
	{up, []string{"k", "up", "ctrl+p"}, "k ↑", "up", "one line up"},
	{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space", "page", "next page"},
	{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
	{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
	{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
	{top, []string{"g", "home"}, "g Home", "", "first line"},
	{bottom, []string{"G", "end"}, "G End", "", "last line"},
	{switchTheme, []string{"t"}, "t", "theme", "dark, light or plain colours"},
}

// footer writes the bindings that fit in the width, the first ones first;
// style draws the keys.
func (m keymap) footer(width int, style func(string) string) string {
	const gap = 3
	var b strings.Builder
	left := width
	for _, k := range m {
		cells := text.Width(k.show) + 1 + text.Width(k.label)
		if b.Len() > 0 {
			cells += gap
		}
		if k.label == "" || cells > left {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		left -= cells
		b.WriteString(style(k.show) + " " + k.label)
	}
	return b.String()
}
