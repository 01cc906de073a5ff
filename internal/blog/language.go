package blog

import (
	"path"
	"strings"
)

// languages are the codes by which a file name tells the language of a variant.
// They are listed, since node.js.md and plan.v2.md are not in a language.
const languages = " ar be bg bn ca cs da de el en eo es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh "

// language is the language of the stem of a variant, as in post.zh or
// post.pt-BR, in lower case; "" for any other.
func language(stem string) string {
	lang := strings.ToLower(strings.TrimPrefix(path.Ext(stem), "."))
	code, region, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if len(region) > 4 || !strings.Contains(languages, " "+code+" ") || code == "" || stem == "."+lang {
		return ""
	}
	return strings.Trim(slugify(lang), "-")
}

// folderLanguage is the language that the innermost of the folders says that
// is named by one; "" for none.
func folderLanguage(dir string) string {
	lang := ""
	for part := range strings.SplitSeq(dir, "/") {
		if code := language("x." + part); code != "" && !strings.Contains(part, ".") {
			lang = code
		}
	}
	return lang
}
