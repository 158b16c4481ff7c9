"""Articles in other languages are rejected with their language; English ones of every kind are read."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.corpus import make_article, read
from pipeline.corpus.detect.language import NotEnglish, find_language, require_english
from pipeline.records import Article, Rejected

FOREIGN = {
    "de": "Das Bergwerk über dem Dorf wurde am Dienstag geschlossen, und dreihundert Menschen gingen früh nach Hause. "
    "Im Ministerium war niemand zu erreichen. Die Leiterin sagte, man habe keine andere Wahl gehabt.",
    "fr": "La mine au-dessus du village a fermé mardi et trois cents personnes sont rentrées chez elles plus tôt. "
    "Au ministère, personne ne répondait au téléphone. La directrice a dit qu'elle n'avait pas le choix.",
    "es": "La mina que está encima del pueblo cerró el martes y trescientas personas se fueron temprano a casa. "
    "En el ministerio nadie contestaba al teléfono. La directora dijo que no tenía otra opción.",
    "pt": "A mina acima da aldeia fechou na terça-feira e trezentas pessoas foram para casa mais cedo. "
    "No ministério ninguém atendia o telefone. A diretora disse que não tinha outra escolha naquele momento.",
    "it": "La miniera sopra il paese ha chiuso martedì e trecento persone sono tornate a casa presto. "
    "Al ministero nessuno rispondeva al telefono. La direttrice ha detto che non aveva altra scelta.",
    "nl": "De mijn boven het dorp ging dinsdag dicht en driehonderd mensen gingen vroeg naar huis. "
    "Op het ministerie nam niemand de telefoon op. De directeur zei dat er geen andere keuze was in dit geval.",
    "da": "Minen over landsbyen lukkede tirsdag, og tre hundrede mennesker gik tidligt hjem. I ministeriet var der "
    "ingen, der tog telefonen. Direktøren sagde, at hun ikke havde haft noget andet valg for at redde selskabet.",
    "sv": "Gruvan ovanför byn stängdes på tisdagen och trehundra människor gick hem tidigt. På departementet svarade "
    "ingen i telefon. Chefen sade att hon inte hade haft något annat val i den här situationen.",
    "fi": "Kylän yläpuolella oleva kaivos suljettiin tiistaina, ja kolmesataa ihmistä lähti aikaisin kotiin. "
    "Ministeriössä kukaan ei vastannut puhelimeen. Johtaja sanoi, ettei hänellä ollut muuta vaihtoehtoa tässä asiassa.",
    "pl": "Kopalnia nad wsią została zamknięta we wtorek, a trzysta osób poszło wcześniej do domu. W ministerstwie "
    "nikt nie odbierał telefonu. Dyrektorka powiedziała, że nie miała innego wyboru w tej sprawie.",
    "cs": "Důl nad vesnicí byl v úterý uzavřen a tři sta lidí odešlo domů dříve. Na ministerstvu nikdo nezvedal "
    "telefon. Ředitelka řekla, že neměla jinou možnost a že práci ztratí také řidiči.",
    "hu": "A falu fölötti bánya kedden bezárt, és háromszáz ember korán hazament. A minisztériumban senki sem vette "
    "fel a telefont. Az igazgató azt mondta, hogy nem volt más választása, mert elfogyott a pénz.",
    "ro": "Mina de deasupra satului a fost închisă marți, iar trei sute de oameni au plecat devreme acasă. La minister "
    "nimeni nu răspundea la telefon. Directoarea a spus că nu a avut altă soluție în această situație.",
    "tr": "Köyün üstündeki maden salı günü kapandı ve üç yüz kişi erkenden evine gitti. Bakanlıkta kimse telefona "
    "cevap vermedi. Müdür, başka seçeneği olmadığını ve paranın bittiğini söyledi.",
    "id": "Tambang di atas desa itu ditutup pada hari Selasa dan tiga ratus orang pulang lebih awal. Di kementerian "
    "tidak ada yang menjawab telepon. Direktur itu mengatakan bahwa ia tidak punya pilihan lain.",
    "vi": "Mỏ phía trên làng đã đóng cửa hôm thứ Ba và ba trăm người về nhà sớm. Ở bộ không ai trả lời điện thoại. "
    "Giám đốc nói rằng bà không có lựa chọn nào khác vì công ty đã hết tiền.",
    "sw": "Mgodi ulio juu ya kijiji ulifungwa Jumanne na watu mia tatu walirudi nyumbani mapema. Katika wizara hakuna "
    "aliyejibu simu. Mkurugenzi alisema kwamba hakuwa na chaguo lingine kwa sababu fedha zilikwisha.",
    "ru": "Шахта над деревней закрылась во вторник, и триста человек рано ушли домой. В министерстве никто не отвечал "
    "на звонки. Директор сказала, что у неё не было другого выбора, потому что деньги закончились.",
    "uk": "Шахта над селом закрилася у вівторок, і триста людей рано пішли додому. У міністерстві ніхто не відповідав "
    "на дзвінки. Директорка сказала, що не мала іншого вибору, бо гроші закінчилися.",
    "el": "Το ορυχείο πάνω από το χωριό έκλεισε την Τρίτη και τριακόσιοι άνθρωποι γύρισαν νωρίς στο σπίτι. Στο "
    "υπουργείο κανείς δεν απαντούσε στο τηλέφωνο. Η διευθύντρια είπε ότι δεν είχε άλλη επιλογή.",
    "ar": "أغلق المنجم الواقع فوق القرية يوم الثلاثاء وعاد ثلاثمئة شخص إلى بيوتهم مبكرا. لم يجب أحد في الوزارة على "
    "الهاتف. وقالت المديرة إنه لم يكن لديها خيار آخر لأن المال قد نفد.",
    "he": "המכרה שמעל הכפר נסגר ביום שלישי ושלוש מאות איש חזרו הביתה מוקדם. במשרד איש לא ענה לטלפון. המנהלת אמרה "
    "שלא הייתה לה ברירה אחרת כי הכסף נגמר.",
    "hi": "गाँव के ऊपर की खदान मंगलवार को बंद हो गई और तीन सौ लोग जल्दी घर चले गए। मंत्रालय में किसी ने "
    "फ़ोन नहीं उठाया। निदेशक ने कहा कि उनके पास कोई और विकल्प नहीं था।",
    "zh": "村子上方的矿山星期二关闭了，三百人提前回家。"
    "部里没有人接电话。经理说她没有别的选择，因为公司的钱已经用完了。"
    "村民们说他们事先没有得到任何通知，司机们也失去了工作。",
    "ja": "村の上にある鉱山は火曜日に閉鎖され、三百人が早く家に帰った。省では誰も電話に出なかった。"
    "所長は、お金がなくなったので"
    "ほかに選択肢がなかったと述べた。運転手たちも仕事を失った。",
    "ko": "마을 위의 광산이 화요일에 문을 닫았고 삼백 명이 일찍 집으로 돌아갔다. 부처에서는 아무도 전화를 받지 않았다."
    " 소장은 돈이 "
    "떨어져서 다른 선택이 없었다고 말했다. 운전사들도 일자리를 잃었다.",
}
STORY = (
    "The mine above the village closed on Tuesday, and three hundred people went home early. Nobody at the ministry "
    "answered the telephone. The manager said that she had had no other choice."
)
ENGLISH = {
    "an article": STORY,
    "capitals": STORY.upper(),
    "a short note": "Mine closed; three hundred sent home.",
    "a short foreign note": "Mine geschlossen.",
    "a list of names": "Present: Jean Dupont, Lyon; María García, Sevilla; Jürgen Groß, Köln; Paweł Nowak, Łódź; Ayşe "
    "Yılmaz, İzmir; Søren Møller, Århus; Håkan Åberg, Umeå; closed session, no minutes kept by the clerk.",
    "a long foreign quotation": f'{STORY} "{FOREIGN["fr"]}", she told reporters. {STORY}',
    "a telegram": "Mine closed Tuesday. 300 sent home early. Ministry silent. Manager: no choice. Union vows court "
    "fight. Drivers lose contracts. School bus service ends Friday. Villagers meet Sunday, church hall, 7 p.m.",
    "two parts English, one part Spanish": f"{STORY}\n\n{STORY} Again.\n\n{FOREIGN['es']}",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_rejected(language: str) -> None:
    article = make_article(f"Reuters\n\n{FOREIGN[language]}", file="a.txt")
    with pytest.raises(NotEnglish) as caught:
        require_english(article)
    assert caught.value.language == language
    assert language in caught.value.message


@pytest.mark.parametrize("name", ENGLISH)
def test_english_is_read(name: str) -> None:
    assert find_language([ENGLISH[name]]) == "en"


def test_an_article_mostly_in_another_language_is_rejected() -> None:
    assert find_language([*[FOREIGN["de"]] * 8, "Read this article in English: the mine closes."]) == "de"


def test_only_what_is_read_counts() -> None:
    cookie = "Diese Website verwendet Cookies. " * 30
    article = make_article(f"{STORY}\n\n{STORY} Again.\n\n© 2024 {cookie[:300]}", file="a.txt")
    assert article.blocks[-1].role == "footer"
    require_english(article)


def test_english_loads_no_model() -> None:
    use = f"from pipeline.corpus.detect.language import find_language; find_language([{STORY!r}])"
    code = f"import sys; {use}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("text", ["[" * 20_000, "12 345\n\n67 89,0", "...", "\N{PENGUIN} - \N{PENGUIN}"])
def test_a_text_without_words_is_a_row_with_that_reason(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{text} x", encoding="utf-8")
    rejected, article = read([tmp_path], root=tmp_path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "there are no words in it"
    assert rejected.hint
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Werk in Sund wird im Juni geschlossen, sagte die Firma am Dienstag. Die Gewerkschaft will klagen."),
        ("fr", "La mine au-dessus du village a fermé mardi et les salariés sont rentrés chez eux."),
        ("es", "El puerto de Larnhaven cerrará su terminal en junio, dijo la alcaldesa a los vecinos."),
        ("it", "Il porto di Larnhaven chiuderà il terminal a giugno, ha detto la sindaca."),
        ("pt", "O porto de Larnhaven vai fechar o terminal em junho, disse a prefeita aos moradores."),
        ("nl", "De haven van Larnhaven sluit in juni haar terminal, zei de burgemeester. Het is niet anders."),
        ("sv", "Hamnen i Larnhaven stänger sin terminal i juni, säger borgmästaren. Det är inte bra."),
        ("da", "Havnen i Larnhaven lukker sin terminal i juni, siger borgmesteren. Det er ikke godt."),
        ("pl", "Port w Larnhaven zamknie terminal w czerwcu, powiedziała burmistrz. Nie ma na to pieniędzy."),
        ("en", "Larnhaven to lose its ferry"),
        ("en", "Van der Berg and De la Cruz close Los Angeles, Las Vegas plants"),
        ("en", "El Paso, Los Alamos, Las Cruces: clinics shut"),
        ("en", "Der Spiegel to shut its Den Haag office, Das Erste says"),
        ("en", "Paris bakery Du Pain et des Idées closes for good on Sunday"),
        ("en", "Le Monde and La Stampa close bureaus"),
        ("en", "Die Hard star shuts bar"),
    ],
)
def test_the_language_of_a_few_words(language: str, text: str) -> None:
    assert find_language([text]) == language
