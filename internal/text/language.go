package text

// A language has letters beyond ASCII, and words that are in every text.
type language struct {
	letters string // small ones
	alone   string // those that are words
	words   string // few that are English too
}

// languages are those that Windows-1252 was made for. English is the host of
// names from everywhere: of its letters only those count that the encoding of
// the east of Europe, Windows-1250, has in the same place.
func languages() []language {
	return []language{
		{"áäçéëíóöúü", "", "the of and to in is that for it with as are this was you be on not have from or by but what we an"},
		{"àâæçéèêëîïôœùûü", "àÀ", "le la les des un une est et dans pour que qui pas sur avec ne ce il en du au vous nous je mon par sont se"},
		{"äöüßé", "", "der die das und ist nicht ein eine mit auf von zu den im es sich auch dem wie wir ich aber oder des sind"},
		{"áéíóúñü", "", "el los las que una del por con para como es su lo se en un la al de sus pero este esta muy"},
		{"áàâãçéêíóôõú", "àéóÉ", "que para com uma os em um por mais dos das da na se ao como mas foi de muito isto"},
		{"àèéìòùî", "èòÈ", "il di che una sono della con non gli nel del un la le si da anche questo dei alla ma"},
		{"àçèéíïòóúü", "àéó", "el la de que amb els les una del en es al com aquest un ha dels"},
		{"éëïöüèêáó", "", "de het een van en niet dat ik voor op zijn te aan maar om wordt ook"},
		{"åäöé", "åö", "och att det som en av med inte ett jag var kan vi om du"},
		{"æøåéôò", "åø", "og det er en til ikke med som jeg af av vi et kan de om"},
		{"äöå", "", "ja ei ovat kun mutta joka niin kuin sen oli tai ole nyt siis se"},
	}
}
