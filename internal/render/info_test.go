package render

import (
	"strings"
	"testing"
)

func TestInfoOfAFence(t *testing.T) {
	for line, want := range map[string]info{
		"":                                       {},
		"go":                                     {lang: "go"},
		" Go ":                                   {lang: "Go"},
		"c++":                                    {lang: "c++"},
		"C#":                                     {lang: "C#"},
		"js {1,3}":                               {lang: "js"},
		"js{1,3}":                                {lang: "js"},
		"jsx eval":                               {lang: "jsx"},
		"python,linenos":                         {lang: "python"},
		"sh-session":                             {lang: "sh-session"},
		"{.js}":                                  {lang: "js"},
		"{.python .numberLines startFrom=\"1\"}": {lang: "python"},
		"{#id .go}":                              {lang: "go"},
		"{.brush: .php;}":                        {lang: "php"},
		"{r, echo=FALSE}":                        {lang: "r"},
		"{=html}":                                {},
		"yaml:config/app.yml":                    {"yaml", "config/app.yml"},
		"src/app.ts":                             {"ts", "src/app.ts"},
		"main.go":                                {"go", "main.go"},
		"ts [app.ts]":                            {"ts", "app.ts"},
		`js title="app.js" {1}`:                  {"js", "app.js"},
		`sh title='On the host'`:                 {"sh", "On the host"},
		"go filename=main.go":                    {"go", "main.go"},
		"js:title=src/a.js":                      {"js", "src/a.js"},
		"js:title=src/a.js{1,3}":                 {"js", "src/a.js"},
		"diff js:app.js":                         {"diff", "app.js"},
		"diff js":                                {lang: "diff"},
		"go line:5":                              {lang: "go"},
		"Dockerfile":                             {lang: "Dockerfile"},
		"no/such.language":                       {lang: "no/such.language"},
		"日本":                                     {},
		strings.Repeat("x", 5000):                {lang: strings.Repeat("x", maxLang-1) + "…"},
	} {
		if got := infoOf(line); got != want {
			t.Errorf("%.60q is %+v, want %+v", line, got, want)
		}
	}
}
