"""What a paragraph says it is, read on its own: page boilerplate, a credit, a footer, a labelled caption.

The patterns are the common wording of English news pages; no site is known by name. They match whole lines (blanks
collapsed) of bounded length, so that no long paragraph can be lost to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from pipeline.corpus.layout.credits import is_byline, is_caption, is_picture_credit
from pipeline.corpus.layout.datelines import dateline_length

#: Characters of the longest line that may be navigation or a credit; longer paragraphs are text.
LINE_LIMIT = 160
#: Characters of the longest footer: copyright notices and lists of contributors run on.
FOOTER_LIMIT = 500

#: "links" is navigation that heads a list of links; a "picture credit" follows a caption, a "credit" a headline; ""
#: may be anything.
LineKind = Literal["", "navigation", "links", "credit", "picture credit", "caption", "dateline", "footer"]

#: A playing time, "3:25" or "1:02:07".
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
#: What a page's share buttons are labelled with.
_SOCIAL = (
    r"(?:share|tweet|e-?mail|print|save|copy link|link copied|facebook|twitter|x|linkedin|whatsapp|reddit|flipboard"
    r"|telegram|pinterest|instagram|youtube|tiktok|threads|bluesky|messenger|rss|pocket|gift|bookmark|comments?)"
)
#: What a story is interrupted by.
_AD = r"(?:this |the )?(?:ad|advert|advertisement|video|image|promotion)"


def _any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern for all, whatever their case; ``(?-i:...)`` inside them tells capitals apart."""
    return re.compile("|".join(patterns), re.IGNORECASE)


#: Around players of sound and video, and pictures.
_PLAYER = (
    # "Listen live", "Watch us live now"
    r"(?:play|watch|listen)(?: to)?(?: us)? live(?: radio| stream| now)?",
    # "Up next: Harbour news at nine"
    r"(?:up next|next up|now playing|coming up)(?::.{0,80})?",
    # "On air now", "Live stream", "Video"
    r"on air(?: now)?|live now|live stream|live updates|audio|video",
    # "Listen · 3:25", "0:00 / 12:41"
    rf"(?:(?:listen|watch|play|audio|video|duration)\W+)?{_CLOCK}(?:\s*[/|·-]?\s*{_CLOCK})?",
    # "Listen to this article (4 minutes)"
    r"listen(?: now| to (?:this|the) (?:article|story|episode))?(?:\W+\d+ min(?:ute)?s?)?\W*",
    # "5 min read", "4-minute listen · Download"
    r"\d+[- ](?:minutes?|mins?)(?: read| listen| watch)?(?:\W+(?:listen|read|download))?",
    # "On air stations:"
    r"(?:available )?on air stations:?",
    # "Heard on Harbour Morning"
    r"(?:as )?heard on .{1,60}(?<![.!?])",
    # "Toggle more options", "Hide caption", "View transcript"
    r"(?:toggle )?more options|download|embed|transcript|(?:hide|show|toggle) caption|(?:view|show) transcript",
    # "Enlarge this image", "View image in fullscreen"
    r"(?:view|enlarge)(?: this)? image(?: in full ?screen)?",
    # "Play video", "Unmute", "Full screen"
    r"(?:play|watch)(?: the)? video|unmute|mute|volume|full ?screen",
)
#: What asks the reader to share, subscribe, register or give.
_SHARE = (
    # "Share this article on WhatsApp", "Print", "Post:"
    r"(?:share|save|send|e-?mail|print|tweet|post)(?: (?:this|the|full))*(?: (?:article|story|page|post|link))?"
    r"(?: (?:on|via|to|by|with) [\w, ]{1,40})?:?",
    # "Facebook Twitter Email", "Share | Print | Comments"
    rf"(?:{_SOCIAL}\b[\s,|/·•]*){{1,12}}",
    # "Subscribe now", "Sign in"
    r"\W*(?:please )?(?:subscribe|sign ?up|register|log ?in|sign ?in)(?: (?:now|here|today|for free|in))?\W*",
    # "Sign up for our free weekly newsletter"
    r"\W*(?:please )?(?:subscribe|sign up|register|log in|sign in)\b.{0,90}\b(?:newsletters?|e-?mails?|alerts?|updates"
    r"|account|inbox|free|podcast|channel|comment|access|digital|daily|briefing)\b.{0,40}",
    # "Get the day's news in your inbox"
    r"(?:get|receive|join|try)\b.{0,60}\b(?:newsletters?|inbox|e-?mail alerts?|news alerts|daily briefing)\b.{0,40}",
    # "Our daily newsletter", "Newsletters"
    r"(?:our |free |daily |weekly |the |morning )*newsletters?(?: sign-?up)?",
    # "Already a subscriber? Log in", "Create an account"
    r"already (?:a |have an )?(?:subscriber|account|member)\b.{0,40}|create (?:a free |an |your )?account|my account",
    # "Support our journalism today", "Donate"
    r"(?:donate|support us|become a member|support (?:our|independent) journalism|make a (?:gift|donation))"
    r"(?: today| now| here)?\W*",
)
#: The page's own boilerplate: cookies, menus, page numbers, advertisements, comments, tags.
_PAGE = (
    # "We and our partners use cookies to ..."
    r"(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies\b.{0,120}",
    # "Accept all cookies", "Reject all"
    r"(?:accept|reject|manage|allow)(?: all)? cookies|accept all|reject all",
    # "Cookie settings"
    r"cookie (?:policy|settings|preferences|notice)",
    # "By signing up, you agree to our terms"
    r"by (?:continuing|signing up|clicking|subscribing|using this site),? .{0,60}you (?:agree|accept|consent)\b.{0,60}",
    # "Skip to main content", "Back to top"
    r"skip to (?:the )?(?:main )?(?:content|navigation|article|footer|search)|(?:back|return) to (?:the )?top",
    # "Toggle navigation", "Open main menu", "Search"
    r"(?:(?:open|close|toggle|show|hide|main|site|primary) )*(?:menu|navigation|search|sidebar)",
    # "Page 2 of 5", "p. 3"
    r"(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?",
    # buttons: "Home", "Next", "Collapse"
    r"home|sections|close|next|previous|back|expand|collapse|hide",
    # "Loading comments...", "Show more"
    r"loading(?: comments| more)?\W*|please wait\W*|see all|view all|show (?:more|less|all)|load more",
    # "Sponsored content", "Advertisement", "Sponsored by Larn Ferries"
    r"(?:sponsored|paid|promoted)(?: content| post| by .{1,30})?|advertisements?|advertising|ad|remove ads",
    # "Story continues below this ad"
    rf"(?:story|article|report) continues (?:below|after)(?: {_AD})?\W*",
    # "Continue reading below", "Scroll down for the map"
    r"continue reading(?: below| the main story| here)?\W*|scroll down.{0,40}|keep reading\W*",
    # "1.2k shares", "View all 14 comments", "No comments"
    r"(?:\d[\d,.]*k?|no|view|read|show|post|leave|add|see|hide)(?: (?:a|all|your|the|\d[\d,]*))*"
    r" (?:comments?|shares?|likes?|views|replies|reactions)",
    # "Comments (14)", "Likes: 3"
    r"(?:comments?|shares?|likes?|views)(?:\W+\d[\d,.]*k?)?\W*",
    # "Join the conversation", "Have your say"
    r"join the (?:conversation|discussion)\W*|have your say\W*",
    # "Tags: harbour, ferries", "Filed under: Business"
    r"(?:tags?|topics?|filed under|file under|keywords?|categor(?:y|ies)|posted in|tagged)(?::.{0,140})?(?<![.!?])",
    # "Click here to see the map"
    r"(?:click|tap|press|see) here\b.{0,80}",
    # "Watch the video above", "View gallery"
    r"(?:watch|see|view) (?:the )?(?:video|photos?|gallery|map)(?: (?:above|below|here))?\W*",
    # "Read more: Ferry to close", "Related story: Larn votes"
    r"(?:watch|read|see|listen|also read|must read|don['’]t miss|related(?: \w+)?|more|read more|see also|read also)"
    r":\s.{0,140}(?<![.!?])",
    # "Read the full story"
    r"read (?:the )?(?:rest|full|whole|original|entire|complete)\b.{0,60}",
)
#: What agencies put around a story: slugs, page codes, urgency, what an update adds. Case tells slugs from words.
_WIRE = (
    # slugs and codes: "BC-Larn-Ferry, 1st Ld", "A0341", "ECON/", "u0412", "LN-AA-12-03-24 0915GMT"
    r"(?-i:BC-[A-Z][\w.,&'’/ -]{0,80}|[A-Z]\d{3,5}|[A-Z]{2,}(?:-[A-Z]{2,}){0,4}/(?: ?\([A-Z0-9, -]{1,60}\))?"
    r"|[a-z]\d{3,4}|[A-Z]{2}-[A-Z]{2}-\d\d-\d\d-\d\d.{0,20}|\d\d-\d\d-\d\d \d{4}[A-Z]{2,3})",
    # "URGENT", "Embargoed until 0001 Tuesday"
    r"(?:urgent|bulletin|flash|alert|advisory|correction|embargoed\b.{0,80})\W*",
    # "(Adds quotes, background)"
    r"\((?:adds?|recasts?|updates?|corrects?|refiles?|repeats?|rewrites?|writethru|fixes)\b[^()]{0,140}\)",
    # "Eds: Updates with reaction"
    r"eds?: .{0,140}",
    # marks of pages and ends: "- 2 -", "MORE", "(END)"
    r"(?:-+ ?\d+ ?-+|\W*more\W*|\(?end\)(?: .{0,40})?)",
)
#: Above and below a newsletter.
_MAIL = (
    # "View this email in your browser"
    r"(?:view|open|read|see)(?: this)?(?: (?:e-?mail|newsletter|message))? (?:in|on) (?:your|a|the) (?:web )?browser",
    # "Was this newsletter forwarded to you? Sign up"
    r"(?:was this|were you)(?: e-?mail| newsletter)? forwarded (?:this|to you)\b.{0,100}",
    # "Forward to a friend"
    r"forward(?:ed)? (?:this )?(?:e-?mail|to a friend)\b.{0,80}",
    # "You received this email because you subscribed"
    r"you(?:['’]re| are)? (?:receiv(?:ed|ing)|getting|subscribed)\b.{0,20}\b(?:e-?mail|newsletter|message)s?\b.{0,160}",
    # "Unsubscribe from this list"
    r"(?:to )?unsubscribe\b.{0,140}",
    # "Update your preferences"
    r"(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b.{0,80}",
    # "Add us to your address book"
    r"add us to your address book\W*|no longer want to (?:receive|get) (?:these|this) e-?mails?\b.{0,80}",
)
_NAVIGATION = _any_of(*_PLAYER, *_SHARE, *_PAGE, *_WIRE, *_MAIL)
#: A line that only a press release has.
PRESS_RELEASE = _any_of(
    # "FOR IMMEDIATE RELEASE", "Press release"
    r"\W*(?:for immediate release|press release|news release|media release|for release\b.{0,60})\W*",
    # "SOURCE Larn Ferries"
    r"(?-i:SOURCE:? [A-Z]).{1,80}(?<![.!?])",
    # "LARNHAVEN, May 3, 2025 /PRNewswire/ -- Larn Ferries today"
    r".{2,80}/ ?(?:PRNewswire|PR Newswire|BUSINESS WIRE|GLOBE NEWSWIRE|EINPresswire)[^/]{0,40}/ ?[-–—].*",
)
#: The headings of what follows the news in a press release.
BOILERPLATE_HEADING = _any_of(
    # "About Larn Ferries"
    r"about (?-i:[A-Z])[\w.,&'’ -]{1,70}(?<![.!?])",
    # "Cautionary statement regarding forward-looking statements"
    r"(?:cautionary (?:statement|note)\b.{0,40}|safe harbou?r\b.{0,40})?(?:regarding |about )?forward[- ]looking"
    r" statements?\W*",
    # "Notes to editors", "Media contact"
    r"notes? (?:to|for) editors?\W*|(?:media|press|investor)(?: relations)? contacts?\W*|boilerplate",
)
#: The headings of lists of links.
_LINKS_HEADING = _any_of(
    # "Read more", "Read next"
    r"read (?:more|next|also|on)(?: (?:about|on|from|at|in|here)\b.{0,60})?\W*",
    # "Related articles", "More stories for you"
    r"(?:related|recommended|trending|more)(?: (?:articles?|stories|story|topics?|content|coverage|reading|links?|news"
    r"|videos?|for you|now|posts))*\W*",
    # "More from Business", "More like this"
    r"more (?:from|on|in|about|like this|to read|to explore)\b.{0,60}(?<![.!?])",
    # "Most read", "See also"
    r"(?:most|also) (?:read|popular|viewed|shared|recent)(?: stories| news)?\W*|see also\W*|see more\W*",
    # "You may also like", "Editor's picks"
    r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|what to read next|don['’]t miss|in case you missed it"
    r"|editors?['’]?s? (?:picks?|choice))\W*",
    # "Latest business headlines", "Today's stories"
    r"(?:top|latest|breaking|popular|today['’]s|other)(?: \w+)? (?:stories|headlines|articles|posts)\W*|latest news",
    # "Explore more on this topic", "In this story", "Around the web"
    r"explore more\b.{0,40}(?<![.!?])|in this (?:story|article)\W*|around the web\W*",
)
#: What a list of contributors says that they did.
_REPORTING = r"(?:reporting|writing|editing|research)"
#: A word of a list of contributors. Every word fits one branch only: two would make the match exponential.
_CONTRIBUTOR = (
    r"(?-i:[A-ZÀ-Þ][\w.'’-]*|and|in|by|editing|writing|reporting|additional|from|the|of|for|at|with|contributed|to|this"
    r"|report|story|article)"
)
#: Below a story: copyright, who contributed, where to write to, where it appeared first.
_FOOTER = _any_of(
    # "© 2025 The Hill Courier", "(c) 2025 Example Wire"
    r"(?:©|\(c\)\s*(?:copyright\b\s*(?:\d{4}|(?-i:[A-Z]))|\d{4})).{0,480}",
    # an agency's contact: "((desk@wire.example; +44 20 7946 0000))"
    r"\(\((?=.{0,200}(?:@|\d{3})).{0,300}\)\)",
    # "Copyright 2025 Example Wire. All rights ..."
    r"(?:content )?copyright(?:\s*(?:©|\(c\)|\d{4})|(?: by)?(?:\s+(?-i:[A-Z])[\w.&'’-]*){1,5},?\s+\d{4}\b).{0,440}",
    # "The Hill Courier. All rights reserved."
    r"(?:.{0,200}[.,;|©–-]\s*)?all rights reserved\b.{0,280}",
    # "Terms of use", "Privacy policy | Contact us | Careers"
    r"(?:terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice|statement)|about us|contact us"
    r"|accessibility|careers|sitemap|legal|imprint|advertise with us)(?: ?[|·•].{0,140})?",
    # "(Reporting by Ada Brandt and Tove Lund; Editing by Per Holm)"
    rf"\W{{0,3}}(?:with )?(?:(?:additional |further |extra )?{_REPORTING}(?: and {_REPORTING})?|compiled|translated"
    rf"|edited) (?:by|from) (?=(?-i:[A-ZÀ-Þ]))(?:{_CONTRIBUTOR}[\s,;)&]+){{0,60}}{_CONTRIBUTOR}[\s)]*",
    # "Tove Lund in Larnhaven contributed to this report."
    r"(?:[\w.,'’-]+ ){1,25}contributed (?:to (?:this|the) (?:report|story|article)|reporting)\b.{0,60}",
    # "Ada Brandt reported from Larnhaven"
    r"(?-i:(?:[A-ZÀ-Þ][\w.'’-]+,? (?:and )?){2,12}reported from (?:[A-ZÀ-Þ][\w.'’-]*[ ,]*(?:and )?){1,6})",
    # "Contact the reporter at ada@courier.example"
    r"(?=.{0,160}(?:@|\d{3}|www|http|twitter|facebook))(?:contact|reach|e-?mail|call|write to)(?: (?:the|our|this))?"
    r" (?:writer|reporter|author|editor|newsroom|him|her|them|me|us|(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}))"
    r" (?:at|on|via|by)\b.{0,160}",
    # "Follow Ada Brandt on X at @adabrandt"
    r"follow (?:@?[\w.'’-]+ ){1,6}(?:on|at|via) (?:@|x\b|twitter|facebook|instagram|linkedin|threads).{0,100}",
    # "Email: news@courier.example", "Press office: 020 7946 0000"
    r"(?:e-?mail|twitter|tel(?:ephone)?|phone|fax|website|(?:media |press )?contacts?|media (?:enquiries|inquiries)"
    r"|press office|notes to editors)\s*:.{0,200}",
    # "For more information, visit larnferries.example"
    r"for (?:more|further|media|press) (?:information|details|inquiries|enquiries)\b.{0,20}\b"
    r"(?:contact|visit|call|e-?mail|see|go to)\b.{0,200}",
    # "This article was originally published by Hill Radio"
    r"(?:an? (?:earlier |previous )?version of )?this (?:article|story|report|piece|post|column|interview)"
    r"(?: was| is| has been| originally| first)+ (?:originally |first )?(?:appeared|published|republished|reprinted"
    r"|produced|distributed|syndicated|co-published|adapted|excerpted|made possible)\b.{0,280}",
    # "This story has been updated"
    r"this (?:article|story|post)(?: was| has been| is)? updated(?: (?:at|on) .{0,60})?\W*",
    # "This text may not be reprinted or aired again"
    r"this (?:material|content) may not be (?:published|reproduced|copied)\b.{0,200}",
    # "Republished with permission."
    r"republished with permission.{0,120}",
    # "Got a tip? Send it to us"
    r"(?:got|have) a (?:news )?tip\?.{0,160}|send (?:your )?(?:tips|feedback|letters)\b.{0,120}",
    # "-30-", "ENDS", "###"
    r"\W*(?:-30-|\(?ends\)?|\(more\))\W*|#[# ]*",
    # nothing but an address: "www.courier.example", "ada@courier.example"
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+",
)
#: What stands between the items of a menu: "Home | News | Sport", "News / Business".
_MENU_SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?[|›»>•·]\s*|\s/\s")
#: A menu has at least this many items, each of at most this many words.
_MENU_ITEMS = 3
_MENU_ITEM_WORDS = 3


def classify_line(line: str) -> LineKind:
    """What a paragraph is by its own words, whatever stands around it; "" when it may be anything.

    ``line`` has its blanks collapsed. "Sign up for our newsletter" is navigation, "By Ada Brandt" a credit.
    """
    if len(line) <= FOOTER_LIMIT and _FOOTER.fullmatch(line):
        return "footer"
    if len(line) > LINE_LIMIT:
        return "caption" if is_caption(line) else ""
    return next((kind for kind, is_kind in _LINE_RULES if is_kind(line)), "")


def _is_navigation(line: str) -> bool:
    return not any(char.isalnum() for char in line) or _NAVIGATION.fullmatch(line) is not None or _is_menu(line)


def _is_menu(line: str) -> bool:
    """Three or more short items between separators, and no sentence."""
    items = [item for item in _MENU_SEPARATOR.split(line) if item]
    short = all(len(item.split()) <= _MENU_ITEM_WORDS for item in items)
    return len(items) >= _MENU_ITEMS and short and line[-1] not in ".!?”\"'"


def _is_links_heading(line: str) -> bool:
    return _LINKS_HEADING.fullmatch(line) is not None


def _is_dateline(line: str) -> bool:
    return dateline_length(line, first=True) == len(line)


#: What a short line may be, tried in this order.
_LINE_RULES: tuple[tuple[LineKind, Callable[[str], bool]], ...] = (
    ("navigation", _is_navigation),
    ("links", _is_links_heading),
    ("picture credit", is_picture_credit),
    ("credit", is_byline),
    ("dateline", _is_dateline),
    ("caption", is_caption),
)
