// Package search finds words in the posts of a library.
//
// There are two ways to look, one for each way in which readers do:
//
//   - [Titles] is for a list that gets shorter with every key: a word may stand
//     anywhere in a title, a tag or a summary, in part or with a slip;
//   - [Index] is for the whole text of all posts: every word of the query must be
//     in a post, the best posts come first, each with the lines that match.
//     [Live] keeps an Index in step with a library that is replaced.
//
// Words are compared without case and accents, "straße" is "strasse" and "ı" is
// "i". A word is a row of letters and digits. Chinese, Japanese, Korean and Thai
// are read as pairs of neighbours, so that a query finds any part of a row.
//
// The rules of a query are:
//
//   - all its words must be in a post, wherever they stand in it;
//   - the last word, while it is being typed, is the beginning of one: "dock"
//     finds "Docker", and "dock " with a blank does not, as long as any post has
//     "dock";
//   - a word that no post has is the beginning of one, and when there is none of
//     those, is taken for a slip of one letter;
//   - words in "double quotes" stand side by side, as they are; a missing last
//     quote is one that will yet be typed.
//
// Every string is taken, from anyone; what a search can cost is written down in
// bounds.go.
package search
