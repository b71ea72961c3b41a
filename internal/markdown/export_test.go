package markdown

var BlankNames = blankNames.String()
