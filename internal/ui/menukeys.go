package ui

// menuKeys are those of a menu; chosen says what enter does, and opener is the
// key that the menu was opened with.
func menuKeys(chosen, opener string) keymap {
	return keymap{
		{choose, []string{"enter", "right"}, "enter", "open", chosen},
		{back, []string{"q", "esc", "h", "left", "backspace", opener}, "q", "back", "back to where you were"},
		{showHelp, []string{"?", "f1"}, "?", "help", "this help"},
		{down, []string{"j", "down", "tab", "ctrl+n"}, "j ↓", "down", "next line"},
		{up, []string{"k", "up", "shift+tab", "ctrl+p"}, "k ↑", "up", "previous line"},
		{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space PgDn", "", "next page"},
		{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
		{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
		{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
		{top, []string{"g", "home"}, "g Home", "", "first line"},
		{bottom, []string{"G", "end"}, "G End", "", "last line"},
		{switchTheme, []string{"t"}, "t", "", "another theme"},
	}
}

// addressKeys are those of one address.
var addressKeys = keymap{
	{copyText, []string{"y", "c", "enter"}, "y", "copy", "copy the address"},
	{back, []string{"q", "esc", "h", "left", "backspace", "l"}, "q", "back", "back to the links"},
	{showHelp, []string{"?", "f1"}, "?", "help", "this help"},
	{switchTheme, []string{"t"}, "t", "", "another theme"},
}

// bareKeys are those of source code that is shown for selecting.
var bareKeys = keymap{
	{back, []string{"q", "esc", "h", "left", "backspace", "y", "enter"}, "q", "back", "back to the post"},
	{down, []string{"j", "down", "ctrl+n"}, "j ↓", "down", "one line down"},
	{up, []string{"k", "up", "ctrl+p"}, "k ↑", "up", "one line up"},
	{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space", "", "next page"},
	{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
	{halfDown, []string{"d", "ctrl+d"}, "d", "", "half a page down"},
	{halfUp, []string{"u", "ctrl+u"}, "u", "", "half a page up"},
	{top, []string{"g", "home"}, "g Home", "", "first line"},
	{bottom, []string{"G", "end"}, "G End", "", "last line"},
}

// presenterKeys are those of a post that is presented.
var presenterKeys = keymap{
	{pageDown, []string{"right", "space", "pgdown", "enter", "l", "j", "down", "n"}, "→", "next", "next section; also space"},
	{pageUp, []string{"left", "backspace", "pgup", "b", "h", "k", "up"}, "←", "previous", "previous section; also backspace"},
	{back, []string{"q", "esc", "p"}, "q", "end", "end the presentation"},
	{showHelp, []string{"?", "f1"}, "?", "", "this help"},
	{top, []string{"g", "home"}, "g Home", "", "first section"},
	{bottom, []string{"G", "end"}, "G End", "", "last section"},
	{switchTheme, []string{"t"}, "t", "", "another theme"},
}

// findKeys are those while words to find are typed.
var findKeys = keymap{
	{choose, []string{"enter"}, "enter", "find", "go to the first place that has the words"},
	{back, []string{"esc"}, "esc", "cancel", "stay where you are; so does backspace when nothing is typed"},
}

// searchKeys are those while words to search for are typed; every other key is a
// letter.
var searchKeys = keymap{
	{choose, []string{"enter"}, "enter", "to the list", "stop typing: keys then go to what was found"},
	{back, []string{"esc"}, "esc", "back", "back to where you were"},
	{down, []string{"down", "ctrl+n", "tab"}, "↓", "", "next post"},
	{up, []string{"up", "ctrl+p", "shift+tab"}, "↑", "", "previous post"},
	{pageDown, []string{"pgdown"}, "PgDn", "", "next page"},
	{pageUp, []string{"pgup"}, "PgUp", "", "previous page"},
}

// foundKeys are those of what was found.
var foundKeys = keymap{
	{choose, []string{"enter", "l", "right"}, "enter", "read", "read the selected post, from where it has the words"},
	{find, []string{"/", "s", "i"}, "/", "other words", "type again"},
	{back, []string{"q", "esc", "h", "left", "backspace"}, "q", "back", "back to where you were"},
	{showHelp, []string{"?", "f1"}, "?", "help", "this help"},
	{down, []string{"j", "down", "tab", "ctrl+n"}, "j ↓", "down", "next post"},
	{up, []string{"k", "up", "shift+tab", "ctrl+p"}, "k ↑", "up", "previous post"},
	{pageDown, []string{"space", "pgdown", "f", "ctrl+f"}, "space PgDn", "", "next page"},
	{pageUp, []string{"b", "pgup", "ctrl+b"}, "b PgUp", "", "previous page"},
	{top, []string{"g", "home"}, "g Home", "", "first post"},
	{bottom, []string{"G", "end"}, "G End", "", "last post"},
	{switchTheme, []string{"t"}, "t", "", "another theme"},
}

// pickKeys are those while source code is picked.
var pickKeys = keymap{
	{choose, []string{"enter"}, "1-9", "copy", "copy the code with that number"},
	{back, []string{"esc", "q", "y"}, "esc", "cancel", "copy nothing"},
}

// promptKeys are the keys while words are typed; every other key is a letter.
var promptKeys = keymap{
	{choose, []string{"enter"}, "enter", "keep", "keep the filter; read the post when it was picked with ↓ or is the only one"},
	{back, []string{"esc"}, "esc", "show all", "forget the filter; so does backspace when it is empty"},
	{down, []string{"down", "ctrl+n", "tab"}, "↓", "", "next post"},
	{up, []string{"up", "ctrl+p", "shift+tab"}, "↑", "", "previous post"},
	{pageDown, []string{"pgdown"}, "PgDn", "", "next page"},
	{pageUp, []string{"pgup"}, "PgUp", "", "previous page"},
}
