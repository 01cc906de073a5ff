package render

import "strings"

// places are where what a tag shows is on the web, by the tag's name.
func places(name string) (what, place string) {
	switch name {
	case "youtube", "youtubeplayer", "yt", "youtube-lite", "youtubelite":
		return "video", "https://www.youtube.com/watch?v="
	case "vimeo":
		return "video", "https://vimeo.com/"
	case "bilibili":
		return "video", "https://www.bilibili.com/video/"
	case "video", "vid":
		return "video", ""
	case "audio", "mp3":
		return "audio", ""
	case "tweet", "twitter", "x":
		return "post", "https://twitter.com/i/status/"
	case "instagram":
		return "post", "https://www.instagram.com/p/"
	case "asciinema":
		return "screencast", "https://asciinema.org/a/"
	case "jsfiddle":
		return "jsfiddle", "https://jsfiddle.net/"
	case "iframe", "embed", "oembed":
		return "embedded", ""
	}
	return "", ""
}

// markdown is what a tag stands for; target says that it is where a link leads.
func (t shortcode) markdown(target bool) string {
	if t.value {
		if v := t.arg(0); len(t.args) > 0 && v != t.args[0] {
			return v
		}
		return ""
	}
	if words, ok := t.spoken(); ok {
		return words
	}
	if folds[t.name] {
		if label := t.title(); label != "" {
			return "\n\n<summary>" + label + "</summary>\n\n"
		}
		return ""
	}
	switch t.name {
	case "link":
		if len(t.args) > 1 {
			return t.textLink()
		}
		return t.page(target)
	case "ref", "relref", "post_url", "post_path", "asset_path", "get_url", "url_for":
		return t.page(target)
	case "post_link", "asset_link":
		label := strings.Join(t.args[min(1, len(t.args)):], " ")
		if label == "" {
			label = t.arg(0)
		}
		return linkTo(unquote(label), t.arg(0))
	case "figure", "img", "image", "asset_img", "picture", "imgcap", "fig", "figcap", "responsive_image", "responsive-image", "imgproc", "resize_image", "zoomimage", "inlineimage":
		return t.picture()
	case "gist":
		if strings.Contains(t.arg(0)+t.first("url", "src"), "://") {
			break
		}
		id := strings.Trim(t.arg(0)+"/"+t.arg(1), "/")
		if strings.Contains(t.arg(1), ".") {
			id = t.arg(0)
		}
		return linkTo("gist: "+id, "https://gist.github.com/"+id)
	case "button", "btn":
		return t.textLink()
	case "tab", "tabitem", "tab_item", "timeline":
		label := t.title()
		switch {
		case t.name == "timeline" && t.liquid: // of Butterfly: a colour follows
			label = parted(t.text())[0]
		case label == "" && t.name == "tabitem":
			label = t.first("value")
		}
		if label != "" {
			return "\n\n**" + label + "**\n\n"
		}
		return ""
	case "katex", "math": // that enclose nothing: an order to load a program
		return ""
	case "abbr":
		return strings.TrimSpace(t.arg(0) + " (" + t.first("title") + t.arg(1) + ")")
	}
	if provider := t.named["provider"]; t.name == "video" && provider != "" {
		t.name = provider
	}
	if what, place := places(t.name); what != "" {
		user, id := t.first("user"), t.first("id", "videoid", "url", "src", "file", "bvid", "mp3", "m4a", "ogg", "wav", "mp4", "webm", "ogv")
		if user != "" && id != "" {
			return linkTo("post by "+user, "https://twitter.com/"+user+"/status/"+id)
		}
		if id == "" {
			id = uncomma(t.arg(0), t.liquid)
		}
		if id != "" {
			address := id
			if !strings.Contains(id, "://") {
				address = place + id
			}
			label := t.first("title", "caption")
			if label == "" {
				if _, v, ok := strings.Cut(id, "watch?v="); ok {
					id = v
				}
				label = strings.Replace(shortAddress(address), "/watch", "/"+id, 1)
			}
			return linkTo(what+": "+label, address)
		}
	}
	return t.unknown()
}

// page is the address of another page of the blog.
func (t shortcode) page(target bool) string {
	v := t.arg(0)
	if v == "" {
		v = t.first("path", "filename")
	}
	if target {
		v = strings.ReplaceAll(strings.TrimPrefix(v, "@/"), " ", "%20")
	}
	return v
}

// textLink is a link whose words stand before or beside its address.
func (t shortcode) textLink() string {
	href := t.first("href", "url", "link", "relref", "ref")
	if all := strings.Split(strings.Join(t.args, " "), ","); t.name == "btn" && len(all) > 1 {
		return linkTo(strings.TrimSpace(all[1]), strings.TrimSpace(all[0]))
	}
	var words []string
	for _, a := range t.args {
		a = strings.TrimSuffix(unquote(a), ",")
		if href == "" && strings.ContainsAny(a, "/.#") {
			href = a
		} else if len(words) == 0 || href == "" {
			words = append(words, a)
		}
	}
	label := strings.Join(words, " ")
	if label == "" {
		label = sentences(t.words())
	}
	switch {
	case href == "":
		return label
	case label == "" && len(t.args) == 0:
		return linkTo(shortAddress(href), href) + " "
	}
	return linkTo(label, href)
}
