package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// bullets of lists in lists, by depth.
const bullets = "•◦▪"

// list lays out a list with its text hanging from the marks. Numbers end on one
// column, and stay what the author counted from.
func (l *layout) list(n *ast.List, m *margin, depth int) {
	last := n.Start + n.ChildCount() - 1
	digits := max(len(itoa(n.Start)), len(itoa(last)))
	number := n.Start
	start := l.sheet.len()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !n.IsTight && l.sheet.len() > start {
			l.sheet.gap(m)
		}
		mark := l.bullet(n) + " "
		if n.IsOrdered() {
			mark = itoa(number) + string(rune(n.Marker)) + " "
			mark = strings.Repeat(" ", digits+2-len(mark)) + mark
			number++
		}
		rest := strings.Repeat(" ", len([]rune(mark)))
		if done, is := task(c); is {
			box := "[ ] "
			if done {
				box = "[x] "
			}
			if !n.IsOrdered() {
				mark, rest = "", ""
			}
			mark, rest = mark+box, rest+"    "
		}
		item := m.in(mark, rest, l.muted)
		l.blocks(c, item, depth+1, n.IsTight)
		if item.first != "" && !item.used { // nothing in it
			l.sheet.block()
			l.sheet.begin(item)
			l.sheet.end(true)
		}
	}
}

// bullet is the mark of a list without numbers: another one for each list that
// it stands in.
func (l *layout) bullet(n *ast.List) string {
	depth := 0
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindList {
			depth++
		}
	}
	b := []rune(bullets)
	return string(b[depth%len(b)])
}

// task reports whether an item begins with a box, and whether it is ticked.
func task(item ast.Node) (done, is bool) {
	if item.FirstChild() == nil {
		return false, false
	}
	box, ok := item.FirstChild().FirstChild().(*east.TaskCheckBox)
	return ok && box.IsChecked, ok
}
