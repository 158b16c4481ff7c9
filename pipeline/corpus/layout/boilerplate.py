"""What a paragraph says it is, read on its own: page furniture, a credit, a footer, a labelled caption.

The patterns are the common wording of English news pages; no site is known by name. They match whole lines (blanks
collapsed) of bounded length, so that no long paragraph can be lost to them.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.corpus.layout.credits import is_byline, is_caption, is_picture_credit
from pipeline.corpus.layout.datelines import dateline_length

#: Longer paragraphs are neither navigation nor credits; a footer may be longer.
LIMIT, FOOTER_LIMIT = 160, 500

#: "links" is navigation that heads a list of links; a "picture credit" follows a caption, a "credit" a headline.
Kind = Literal["", "navigation", "links", "credit", "picture credit", "caption", "dateline", "footer"]

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_SOCIAL = (
    r"(?:share|tweet|e-?mail|print|save|copy link|link copied|facebook|twitter|x|linkedin|whatsapp|reddit|flipboard"
    r"|telegram|pinterest|instagram|youtube|tiktok|threads|bluesky|messenger|rss|pocket|gift|bookmark|comments?)"
)
_AD = r"(?:this |the )?(?:ad|advert|advertisement|video|image|promotion)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PLAYER = (
    r"(?:play|watch|listen)(?: to)?(?: us)? live(?: radio| stream| now)?",
    r"(?:up next|next up|now playing|coming up)(?::.{0,80})?",
    r"on air(?: now)?|live now|live stream|live updates|audio|video",
    rf"(?:(?:listen|watch|play|audio|video|duration)\W+)?{_CLOCK}(?:\s*[/|·-]?\s*{_CLOCK})?",
    r"listen(?: now| to (?:this|the) (?:article|story|episode))?(?:\W+\d+ min(?:ute)?s?)?\W*",
    r"\d+[- ](?:minutes?|mins?)(?: read| listen| watch)?(?:\W+(?:listen|read|download))?",
    r"(?:available )?on air stations:?",
    r"(?:as )?heard on .{1,60}(?<![.!?])",
    r"(?:toggle )?more options|download|embed|transcript|(?:hide|show|toggle) caption|(?:view|show) transcript",
    r"(?:view|enlarge)(?: this)? image(?: in full ?screen)?",
    r"(?:play|watch)(?: the)? video|unmute|mute|volume|full ?screen",
)
_SHARE = (
    r"(?:share|save|send|e-?mail|print|tweet|post)(?: (?:this|the|full))*(?: (?:article|story|page|post|link))?"
    r"(?: (?:on|via|to|by|with) [\w, ]{1,40})?:?",
    rf"(?:{_SOCIAL}\b[\s,|/·•]*){{1,12}}",
    r"\W*(?:please )?(?:subscribe|sign ?up|register|log ?in|sign ?in)(?: (?:now|here|today|for free|in))?\W*",
    r"\W*(?:please )?(?:subscribe|sign up|register|log in|sign in)\b.{0,90}\b(?:newsletters?|e-?mails?|alerts?|updates"
    r"|account|inbox|free|podcast|channel|comment|access|digital|daily|briefing)\b.{0,40}",
    r"(?:get|receive|join|try)\b.{0,60}\b(?:newsletters?|inbox|e-?mail alerts?|news alerts|daily briefing)\b.{0,40}",
    r"(?:our |free |daily |weekly |the |morning )*newsletters?(?: sign-?up)?",
    r"already (?:a |have an )?(?:subscriber|account|member)\b.{0,40}|create (?:a free |an |your )?account|my account",
    r"(?:donate|support us|become a member|support (?:our|independent) journalism|make a (?:gift|donation))"
    r"(?: today| now| here)?\W*",
)
_PAGE = (
    r"(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies\b.{0,120}",
    r"(?:accept|reject|manage|allow)(?: all)? cookies|accept all|reject all",
    r"cookie (?:policy|settings|preferences|notice)",
    r"by (?:continuing|signing up|clicking|subscribing|using this site),? .{0,60}you (?:agree|accept|consent)\b.{0,60}",
    r"skip to (?:the )?(?:main )?(?:content|navigation|article|footer|search)|(?:back|return) to (?:the )?top",
    r"(?:(?:open|close|toggle|show|hide|main|site|primary) )*(?:menu|navigation|search|sidebar)",
    r"(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?",
    r"home|sections|close|next|previous|back|expand|collapse|hide",
    r"loading(?: comments| more)?\W*|please wait\W*|see all|view all|show (?:more|less|all)|load more",
    r"(?:sponsored|paid|promoted)(?: content| post| by .{1,30})?|advertisements?|advertising|ad|remove ads",
    rf"(?:story|article|report) continues (?:below|after)(?: {_AD})?\W*",
    r"continue reading(?: below| the main story| here)?\W*|scroll down.{0,40}|keep reading\W*",
    r"(?:\d[\d,.]*k?|no|view|read|show|post|leave|add|see|hide)(?: (?:a|all|your|the|\d[\d,]*))*"
    r" (?:comments?|shares?|likes?|views|replies|reactions)",
    r"(?:comments?|shares?|likes?|views)(?:\W+\d[\d,.]*k?)?\W*",
    r"join the (?:conversation|discussion)\W*|have your say\W*",
    r"(?:tags?|topics?|filed under|file under|keywords?|categor(?:y|ies)|posted in|tagged)(?::.{0,140})?(?<![.!?])",
    r"(?:click|tap|press|see) here\b.{0,80}",
    r"(?:watch|see|view) (?:the )?(?:video|photos?|gallery|map)(?: (?:above|below|here))?\W*",
    r"(?:watch|read|see|listen|also read|must read|don['’]t miss|related(?: \w+)?|more|read more|see also|read also)"
    r":\s.{0,140}(?<![.!?])",
    r"read (?:the )?(?:rest|full|whole|original|entire|complete)\b.{0,60}",
)
#: What agencies put around a story: slugs, page codes, urgency, what an update adds. Case tells slugs from words.
_WIRE = (
    r"(?-i:BC-[A-Z][\w.,&'’/ -]{0,80}|[A-Z]\d{3,5}|[A-Z]{2,}(?:-[A-Z]{2,}){0,4}/(?: ?\([A-Z0-9, -]{1,60}\))?"
    r"|[a-z]\d{3,4}|[A-Z]{2}-[A-Z]{2}-\d\d-\d\d-\d\d.{0,20}|\d\d-\d\d-\d\d \d{4}[A-Z]{2,3})",
    r"(?:urgent|bulletin|flash|alert|advisory|correction|embargoed\b.{0,80})\W*",
    r"\((?:adds?|recasts?|updates?|corrects?|refiles?|repeats?|rewrites?|writethru|fixes)\b[^()]{0,140}\)",
    r"eds?: .{0,140}",
    r"(?:-+ ?\d+ ?-+|\W*more\W*|\(?end\)(?: .{0,40})?)",
)
#: Above and below a newsletter.
_MAIL = (
    r"(?:view|open|read|see)(?: this)?(?: (?:e-?mail|newsletter|message))? (?:in|on) (?:your|a|the) (?:web )?browser",
    r"(?:was this|were you)(?: e-?mail| newsletter)? forwarded (?:this|to you)\b.{0,100}",
    r"forward(?:ed)? (?:this )?(?:e-?mail|to a friend)\b.{0,80}",
    r"you(?:['’]re| are)? (?:receiv(?:ed|ing)|getting|subscribed)\b.{0,20}\b(?:e-?mail|newsletter|message)s?\b.{0,160}",
    r"(?:to )?unsubscribe\b.{0,140}",
    r"(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b.{0,80}",
    r"add us to your address book\W*|no longer want to (?:receive|get) (?:these|this) e-?mails?\b.{0,80}",
)
_NAVIGATION = _any(*_PLAYER, *_SHARE, *_PAGE, *_WIRE, *_MAIL)
#: A line that only a press release has, and the headings of what follows its news.
PRESS_RELEASE = _any(
    r"\W*(?:for immediate release|press release|news release|media release|for release\b.{0,60})\W*",
    r"(?-i:SOURCE:? [A-Z]).{1,80}(?<![.!?])",
    r".{2,80}/ ?(?:PRNewswire|PR Newswire|BUSINESS WIRE|GLOBE NEWSWIRE|EINPresswire)[^/]{0,40}/ ?[-–—].*",
)
BOILERPLATE = _any(
    r"about (?-i:[A-Z])[\w.,&'’ -]{1,70}(?<![.!?])",
    r"(?:cautionary (?:statement|note)\b.{0,40}|safe harbou?r\b.{0,40})?(?:regarding |about )?forward[- ]looking"
    r" statements?\W*",
    r"notes? (?:to|for) editors?\W*|(?:media|press|investor)(?: relations)? contacts?\W*|boilerplate",
)
_LINKS = _any(
    r"read (?:more|next|also|on)(?: (?:about|on|from|at|in|here)\b.{0,60})?\W*",
    r"(?:related|recommended|trending|more)(?: (?:articles?|stories|story|topics?|content|coverage|reading|links?|news"
    r"|videos?|for you|now|posts))*\W*",
    r"more (?:from|on|in|about|like this|to read|to explore)\b.{0,60}(?<![.!?])",
    r"(?:most|also) (?:read|popular|viewed|shared|recent)(?: stories| news)?\W*|see also\W*|see more\W*",
    r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|what to read next|don['’]t miss|in case you missed it"
    r"|editors?['’]?s? (?:picks?|choice))\W*",
    r"(?:top|latest|breaking|popular|today['’]s|other)(?: \w+)? (?:stories|headlines|articles|posts)\W*|latest news",
    r"explore more\b.{0,40}(?<![.!?])|in this (?:story|article)\W*|around the web\W*",
)
_REPORTING = r"(?:reporting|writing|editing|research)"
#: A word of such a list. Every word fits one branch only: two would make the match exponential.
_NAMED = (
    r"(?-i:[A-ZÀ-Þ][\w.'’-]*|and|in|by|editing|writing|reporting|additional|from|the|of|for|at|with|contributed|to|this"
    r"|report|story|article)"
)
_FOOTER = _any(
    r"(?:©|\(c\)\s*(?:copyright\b\s*(?:\d{4}|(?-i:[A-Z]))|\d{4})).{0,480}",
    r"\(\((?=.{0,200}(?:@|\d{3})).{0,300}\)\)",
    r"(?:content )?copyright(?:\s*(?:©|\(c\)|\d{4})|(?: by)?(?:\s+(?-i:[A-Z])[\w.&'’-]*){1,5},?\s+\d{4}\b).{0,440}",
    r"(?:.{0,200}[.,;|©–-]\s*)?all rights reserved\b.{0,280}",
    r"(?:terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice|statement)|about us|contact us"
    r"|accessibility|careers|sitemap|legal|imprint|advertise with us)(?: ?[|·•].{0,140})?",
    rf"\W{{0,3}}(?:with )?(?:(?:additional |further |extra )?{_REPORTING}(?: and {_REPORTING})?|compiled|translated"
    rf"|edited) (?:by|from) (?=(?-i:[A-ZÀ-Þ]))(?:{_NAMED}[\s,;)&]+){{0,60}}{_NAMED}[\s)]*",
    r"(?:[\w.,'’-]+ ){1,25}contributed (?:to (?:this|the) (?:report|story|article)|reporting)\b.{0,60}",
    r"(?-i:(?:[A-ZÀ-Þ][\w.'’-]+,? (?:and )?){2,12}reported from (?:[A-ZÀ-Þ][\w.'’-]*[ ,]*(?:and )?){1,6})",
    r"(?=.{0,160}(?:@|\d{3}|www|http|twitter|facebook))(?:contact|reach|e-?mail|call|write to)(?: (?:the|our|this))?"
    r" (?:writer|reporter|author|editor|newsroom|him|her|them|me|us|(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}))"
    r" (?:at|on|via|by)\b.{0,160}",
    r"follow (?:@?[\w.'’-]+ ){1,6}(?:on|at|via) (?:@|x\b|twitter|facebook|instagram|linkedin|threads).{0,100}",
    r"(?:e-?mail|twitter|tel(?:ephone)?|phone|fax|website|(?:media |press )?contacts?|media (?:enquiries|inquiries)"
    r"|press office|notes to editors)\s*:.{0,200}",
    r"for (?:more|further|media|press) (?:information|details|inquiries|enquiries)\b.{0,20}\b"
    r"(?:contact|visit|call|e-?mail|see|go to)\b.{0,200}",
    r"(?:an? (?:earlier |previous )?version of )?this (?:article|story|report|piece|post|column|interview)"
    r"(?: was| is| has been| originally| first)+ (?:originally |first )?(?:appeared|published|republished|reprinted"
    r"|produced|distributed|syndicated|co-published|adapted|excerpted|made possible)\b.{0,280}",
    r"this (?:article|story|post)(?: was| has been| is)? updated(?: (?:at|on) .{0,60})?\W*",
    r"this (?:material|content) may not be (?:published|reproduced|copied)\b.{0,200}",
    r"republished with permission.{0,120}",
    r"(?:got|have) a (?:news )?tip\?.{0,160}|send (?:your )?(?:tips|feedback|letters)\b.{0,120}",
    r"\W*(?:-30-|\(?ends\)?|\(more\))\W*|#[# ]*",
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+",
)
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?[|›»>•·]\s*|\s/\s")


def kind_of(line: str) -> Kind:
    """What a paragraph (blanks collapsed) is by its own words, or "" when it may be anything."""
    if len(line) <= FOOTER_LIMIT and _FOOTER.fullmatch(line):
        return "footer"
    if len(line) > LIMIT:
        return "caption" if is_caption(line) else ""
    if not any(char.isalnum() for char in line) or _NAVIGATION.fullmatch(line) or _is_menu(line):
        return "navigation"
    if _LINKS.fullmatch(line):
        return "links"
    if is_picture_credit(line):
        return "picture credit"
    if is_byline(line):
        return "credit"
    if dateline_length(line, first=True) == len(line):
        return "dateline"
    return "caption" if is_caption(line) else ""


def _is_menu(line: str) -> bool:
    """Three or more short items between separators, and no sentence."""
    items = [item for item in _BETWEEN.split(line) if item]
    return len(items) >= 3 and all(len(item.split()) <= 3 for item in items) and line[-1] not in '.!?”"'
