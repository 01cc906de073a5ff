package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
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

func listKeys() keymap {
	return keymap{
		{choose, []string{"enter", "l", "right"}, "enter", "read", "read the selected post"},
		{down, []string{"j", "down", "tab", "ctrl+n"}, "j ↓", "down", "next post"},
		{up, []string{"k", "up", "shift+tab", "ctrl+p"}, "k ↑", "up", "previous post"},
		{filter, []string{"/"}, "/", "filter", "show only posts that match some words"},
		{showHelp, []string{"?", "f1"}, "?", "help", "every key"},
		{quit, []string{"q"}, "q", "quit", "leave the blog"},
		{switchTheme, []string{"t"}, "t", "theme", "dark, light or plain colours"},
		{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space PgDn", "", "next page"},
		{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
		{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
		{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
		{top, []string{"g", "home"}, "g Home", "", "first post"},
		{bottom, []string{"G", "end"}, "G End", "", "last post"},
		{back, []string{"esc"}, "esc", "", "show all posts again"},
	}
}

func readerKeys() keymap {
	return keymap{
		{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space", "page", "next page"},
		{back, []string{"q", "esc", "h", "left", "backspace"}, "q", "back", "back to the list"},
		{down, []string{"j", "down", "enter", "ctrl+n"}, "j ↓", "down", "one line down"},
		{up, []string{"k", "up", "ctrl+p"}, "k ↑", "up", "one line up"},
		{nextPost, []string{"]"}, "]", "next", "next post in the list"},
		{previousPost, []string{"["}, "[", "previous", "previous post in the list"},
		{showHelp, []string{"?", "f1"}, "?", "help", "every key"},
		{switchTheme, []string{"t"}, "t", "theme", "dark, light or plain colours"},
		{pageUp, []string{"b", "pgup", "shift+space", "ctrl+b"}, "b PgUp", "", "previous page"},
		{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
		{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
		{top, []string{"g", "home"}, "g Home", "", "start of the post"},
		{bottom, []string{"G", "end"}, "G End", "", "end of the post"},
	}
}

func helpKeys() keymap {
	return keymap{
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
}

// promptKeys are the keys while words are typed; every other key is a letter.
func promptKeys() keymap {
	return keymap{
		{choose, []string{"enter"}, "enter", "keep", "keep the filter and choose a post"},
		{back, []string{"esc"}, "esc", "show all", "forget the filter"},
		{down, []string{"down", "ctrl+n", "tab"}, "↓", "", "next post"},
		{up, []string{"up", "ctrl+p", "shift+tab"}, "↑", "", "previous post"},
	}
}

// footer writes as many bindings as fit in the width, in plain text; style
// marks the keys.
func (m keymap) footer(width int, key func(string) string) string {
	var b strings.Builder
	left := width
	for _, k := range m {
		if k.label == "" {
			continue
		}
		cells := len([]rune(k.show)) + 1 + len([]rune(k.label))
		gap := 0
		if b.Len() > 0 {
			gap = 3
		}
		if cells+gap > left {
			break
		}
		left -= cells + gap
		b.WriteString(strings.Repeat(" ", gap))
		b.WriteString(key(k.show))
		b.WriteString(" ")
		b.WriteString(k.label)
	}
	return b.String()
}
