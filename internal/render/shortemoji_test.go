package render

import "testing"

func TestShortCodesOfEmoji(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{":rocket: and (:+1:), :tada:!", "🚀 and (👍), 🎉!"},
		{"发布:rocket:了，:tada::tada:", "发布🚀了，🎉🎉"},
		{"root:x:0:0 and a:b:c, 10:x:30, :x:30, a:x:", "root:x:0:0 and a:b:c, 10:x:30, :x:30, a:x:"},
		{":nosuch: and :x", ":nosuch: and :x"},
		{"**:x:** *a*:x: _:x:_", "❌ a❌ ❌"},
	} {
		if got := proseOf(t, tt.body); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.body, got, tt.want)
		}
	}
}
