// Package internal holds what the program is made of, one folder a subject. It has no code
// of its own: this is the architecture, with reasons. What a package takes and gives stands
// in its own comment; what follows is why there are these packages and not others.
//
// # The way through
//
//	content/  editors' Markdown, their pictures and attachments, the plan's own text
//	   │   plan        an official document's text → a tree of provisions, word for word
//	   │   catalog     every entry: loaded, validated, linked to one another
//	   ▼
//	generate           the catalogue → Hugo content and data in generated/
//	   ▼
//	site               Hugo: content/ + generated/ + layouts/ + assets/ → a staging folder
//	   ▼
//	search             staging's pages → a static search index beside them
//	aloud              staging's pages → what a browser's voice says for them
//	card               staging's pages → the pictures that other sites show with a link
//	check              staging → findings: fidelity, links, markup, privacy, size
//	   ▼
//	host               what web servers need: configuration, compressed copies
//	   ▼
//	publish            staging becomes public/ in one rename; then deploy, rollback, verify
//	                   (ftps: the client for web space that offices rent)
//
// One direction, no way back: the table in architecture_test.go says which package may
// import which, and is held over `go list`. The stages meet as file systems, so that each
// can be run and tested alone, and a person can open what any stage has left behind.
//
// Beside the way stand:
//
//   - what reads and writes documents: office (Word and Excel, from anybody), form (PDF,
//     Word, text, Markdown, CSV, JSON, Akoma Ntoso), compare (two wordings, clause by
//     clause), report (the periodic report), kit (slides, posters and what else a plan is
//     studied with), roster (tables of people), intake (new entries of what people have in Word
//     and PDF), photo (a camera's
//     picture → one with nothing in it but the picture), attach (a file for download → the
//     same without its author's name and comments), pdf (what a PDF file says, and where),
//     page (from there the text of a document: its lines, columns and tables),
//     calendar (iCalendar), emblem (the line drawing of a field of knowledge);
//   - what editors work with: edit (the desk's back end), edit/help (the guide), desk (the
//     surface on which texts are written), preview (the pages while they are written), loopback (nobody but
//     whoever sits at the machine), proof (suggestions on wording), proposal (what a text is
//     about), origin (from a built
//     page back to its source), withdrawal (what changes when a person withdraws their
//     consent), holdback (a build in which what has errors stays as it was last published),
//     history (every version of what editors wrote, and the trash), ledger (what was
//     published where, when and by whom, in entries and words), schedule (what is due is
//     published, also after the machine was off), approval (an entry as one file, for whoever
//     must agree to it), repository (the git repository that an office shares: what others
//     wrote comes, what was written here goes);
//   - what all of them use: diag (a finding), viet (Vietnamese text), markdown and matter (a
//     content file as Hugo reads it), lint (what its text may not hold), mistyped (what was
//     typed as markup and is not read as such), secret (keys, wherever they turn up), content
//     (what may lie in content/), weblink (links that deceive), disk (atomic writes), kept (what
//     an earlier build made or found and need not be made again), incremental (which pages it
//     need not render again), garbage (how often memory is tidied in a build),
//     verbatim (proof that a text is its source, character for character);
//   - what tests alone use: needs, growth, powercut, ftpserver, search/engine.
//
// cmd/lienhiep wires the stages and prints; nothing else prints.
//
// # Hugo
//
// Hugo is part of the binary and runs as a child process of it (`lienhiep hugo …` is stock
// Hugo). As a library in our own process a fault of Hugo's would take the desk down with it,
// and its memory would stay; as a program beside ours, an office would have two things to
// install that must fit. Package site alone knows Hugo, so that another version changes one
// package.
//
// What Hugo does, Hugo does: taxonomies, pagination, feeds, related entries, scaled pictures,
// languages. Go does what Hugo cannot. So a provision's page is a Hugo term of the taxonomy
// "plan": an article with plan: ["15-kh-tu/ii-1-2"] stands on the page of that clause by
// itself, with pagination and a feed, and we wrote none of it.
//
// generated/ is a real folder, ignored by git, that holds what Hugo is given beside content/.
// It could have been kept in memory. On the disk, stock Hugo builds the same pages, and a
// person who wonders where a page comes from can look. A run writes only what has changed,
// since Hugo follows the folder. An editor's page is never overwritten or shadowed.
//
// What generate writes has a number, generate.Format, which the templates ask for
// (layouts/_partials/format.html): offices change the program and forget the templates, or
// the reverse, and are then told so in one sentence. It rises in both places with every
// change that parts them.
//
// An article changed costs an article, and the lists. Hugo knows what a page depends on
// within one process alone, and forgets it with that. So incremental sums up what an article's
// page is made of, as its templates read it, and Hugo is asked for the pages whose sums are
// new; the others are taken from the site before, verified. A list that is one short would
// leave an old page on the site without a word, so the list is held against the templates,
// and builds of changes are compared with builds of nothing. Whatever is in doubt is rendered.
//
// # Content
//
// What may lie in content/ is an allow-list, at any depth and in any case. A list of what is
// forbidden would lag behind Hugo, which executes or publishes files for their names alone.
// The list is held twice, by the catalogue and by the mounts of config.toml, because the
// catalogue explains and the mounts cannot be forgotten.
//
// An entry's front matter is defined once, in the struct tags of package catalog, one file a
// kind. Validation, the messages, the files that `lienhiep new` writes and the desk's forms
// come from them; four descriptions of one schema would differ within a month.
//
// matter reads front matter exactly where Hugo does, since what is checked must be what is
// shown, and changes values without moving another byte, since an editor's comments, order
// and quotes are the editor's.
//
// A person is who they are, not a string: viet takes a Vietnamese name apart into honorifics,
// bare name and remark, and whatever asks "is this the same person" compares those. People
// who have withdrawn must not come back under another title.
//
// An address is worked out once, in package catalog. generate writes data/addresses.json, and
// the templates look up there what a link means: two parts of the program that each know how
// addresses are made would one day disagree.
//
// # Fidelity
//
// The plan is an official document, and its words are not ours. So it is read into a tree
// whose text is the source's, character for character; every form and every page is made
// from the one tree; and check reads the built page back and compares it with the source. A
// provision's ID (ii-1-2) follows from its place in the signed text, and is its address and
// its anchor for good: other sites cite it.
//
// # Findings
//
// A finding is data: a rule, declared once as a package variable with its sentence in
// Vietnamese and English, and a place in the source, never in built HTML, since a finding
// points at what its reader can mend. That makes the list of all messages
// (edit/help/thong-bao.md) something that is generated, and forms for machines a matter of
// printing.
//
// Nothing ordinary stops the site. An error is what would harm somebody: a leak, a broken
// page, a lost word, a living person without consent. What is long, dull or incomplete is a
// notice, or the one urgent correction of the year would wait for somebody's missing caption.
//
// # Nothing half-done
//
// Files are replaced by package disk alone, atomically, also if the power fails; on
// Windows it tries again while another program reads. A build works in a staging folder and
// becomes public/ in one exchange. A deploy stores contents out of sight, then puts pages in
// place, and removes last; where there is a file system at the other end, one rename shows
// the whole release. Tests kill the program and cut the power at moments spread over
// the whole run, since no review finds these faults.
//
// public/manifest.txt names every file with its sum. Only what it names is deployed, and only
// as it was when it was checked; signed, it lets anybody verify the live site.
//
// Object storage is the S3 protocol, web hosts are SFTP and FTPS, the rest is a folder. The clouds'
// own libraries took more than half as long to compile as all of Hugo, and the first `go run`
// of a newcomer is part of the product.
//
// # Readers
//
// The search index follows from the built pages alone, as do the cards: both then work for
// every page that somebody adds, and neither knows the catalogue. search/doc.go is the
// specification of the files. Questions are answered by the readers' own script alone, which
// tests run too.
//
// Pages are plain HTML and CSS; JavaScript is only where a page cannot do without. Nothing is
// asked of another host, no cookie is set: an office need not explain itself to its readers.
//
// Builds give the same bytes for the same content on every machine, so that two can be
// compared, and only differences need be sent. Hence no time of building in any page, and
// tests that build in other time zones, languages and folders.
//
// # The desk
//
// The desk is ours: pages that Go renders, forms that are made from the catalogue's schema,
// small scripts, and one writing surface (Milkdown, with Markdown in and out). A stock editor
// of repositories would speak of files and keys, and offices speak of articles and dates. A
// save names the version that was opened: it changes what was edited and no other byte, and
// another's change is never written over; both are shown, and the editor chooses. What is
// being written is kept beside the site until it is saved. Preview and desk are servers of
// their own, at ports of their own, so that a page of the site can do nothing at the desk.
package internal
