r"""Words of the bot's subjects, grouped by meaning, as people write them; and words that belong to no subject at all.

A group is written as words with a blank between them; `\w*` stands for any ending.
"""

import re


def group(*patterns: str) -> re.Pattern[str]:
    """Returns the pattern that a whole word of any of the groups fits."""
    return re.compile("|".join("|".join(pattern.split()) for pattern in patterns))


# What is measured.
METRICS = (
    r"лайков лайка коммент\w* сердечк\w* репостик\w* шер\w+ shares? hearts? emojis? hits охватик\w* просмотрик\w* вовлек\w+ percentage охват\w* просмотр\w* вовлеч\w+ er ер эр err отклик\w* показател\w+ стат[ауые] статистик\w* статой цифр\w* метрик\w*"
    r" активност\w+ аналитик\w+ реакци\w+ лайк\w* views? reach engag\w*ment stats? statistics numbers? metrics analytics"
    r" performance impressions interactions reactions rate процент\w* комментари\w+ comments репост\w*"
)
REPORTS = r"отчетик\w* сводочк\w+ дайджестик\w* итог\w* результат\w* results? отчет\w* отчот\w* репорт\w* сводк\w+ reports? summar\w+ recaps?"
OVERVIEWS = r"расклад\w* инф\w+ info состояни\w+ статус\w* status state health overview updates? обзор\w* обстановк\w+ ситуаци\w+ situation новости news"
POSTS = r"пости постов\w+ публикашк\w+ постик\w+ запис[ьией]\w* записям пост поста посту постом посте посты постов постам постами постах постик\w* публикаци\w+ posts? publications?"
CHANNELS = r"канальчик\w* канал канала каналу каналом канале каналы каналов каналам каналами каналах channels? паблик\w*"
NETWORKS = r"вк вконтакте ютуб\w* youtube инст\w* instagram телеграм\w* telegram тикток\w* tiktok одноклассник\w* ок дзен\w* vk facebook фейсбук\w* макс max"
SUBSCRIBERS = r"подписант\w* подписунов подп пдп подписок подписки subscriptions? подписч\w+ подпищ\w+ подписот\w* подпискот\w* сабы сабов subs subscribers? followers? подписчек"
PEOPLE = r"люди людей человек народу? людям читател\w+ аудитори\w+ people readers? users? audience ppl folks someone они they всем все"

# What becomes of it.
FELL = (
    r"провис\w* скатил\w* схлопнул\w* приуныл\w* nosediv\w* nose-?dived? минус\w* halved упал\w* падает падают падаем падени\w+ просел\w* просед\w+ просад\w+ снизил\w* снижа\w+ снижени\w+ уменьшил\w* уменьша\w+"
    r" провал\w* рухнул\w* обвал\w* спад\w* вниз drop(?:ped|ping|s)? fall(?:en|ing|s)? fell down declin\w+ decreas\w+ tank\w*"
    r" plummet\w* dip(?:ped|ping|s)? slump\w* crash\w* sank sinking lower ниже хуже worse скач\w+ прыга\w+ fluctuat\w+ отвалил\w* сдулся сдулись сдулась умира\w+ dying died"
)
GONE = r"ушли ушло dead died сдох\w* умер\w* делись делся делась пропал\w* исчез\w* потеря\w* подевал\w* vanish\w* disappear\w* lost losing gone go went"
SAGGED = r"просел\w* просед\w+ просад\w+ dip dipped slump\w* drop(?:ped)? plummet\w* tank(?:ed|ing)"
FALLS_ONCE = r"просядем упадем упадут рухнем проседают рухнет провалит\w* tank tanks crash\w* упад\w+ падает падают просяд\w+ снизит\w+ рухн\w+ проседа\w+ падени\w+ просад\w+ drops? falls? fall dips? tanks?"
WEAK = r"маленьк\w+ ужасн\w+ tiny terrible awful мало мала меньше низк\w+ плох\w+ слаб\w+ никак\w+ low few fewer less bad poor weak small"
WHY = r"due из-за проблем\w+ problems? issues? почему отчего чего зачем why whys why's why'd whyd вызва\w+ причин\w+ reasons? cause[ds]? causing behind объясни\w* explain связан\w*"
WHY_HERE = r"что чё че откуда what whats what's где where разберись разобраться"
NOBODY = r"никто некому никого nobody noone none"
READS = r"читал\w* читают прочит\w+ смотр\w+ читать читает читают видит видят sees? saw seen? reads? reading watch\w* views viewing"
LEAVES = r"leav\w+ churn\w* loss\w* убыл\w* убыва\w* бегут ушл\w+ ушел уходят"
LEFT = r"отписал\w* отписк\w* отписок отписыва\w+ отток\w* unsubs? unsubscribed unsubscribes unsubscribing unfollow\w*"
CAME = r"новеньк\w+ newcomers набор\w* пришл\w+ приход\w+ прибавил\w* подписал\w* прирост\w* приток\w* динамик\w* subscribed gain\w* joined gained growth net"
CHANGED = (
    r"росли рос number меня\w+ график\w* charts? graph число числа количеств\w+ count рост роста ростом вырос\w* растет растут растем прибав\w+ прибыл\w* прибыва\w* пришл\w+ приш[её]л приходит ушл\w+ ушел уходят"
    r" увелич\w+ измени\w+ потеря\w* нов\w+ grow\w* grew growth increas\w+ change[ds]? lost lose losing left new added add\w* плюс\w* минус\w*"
)

# What works, and when.
BEST = (
    r"просматриваем\w+ цитируем\w+ комментируем\w+ аутсайдер\w* антилидер\w* антитоп\w* лидер\w* рекордсмен\w* flopped flops underperform\w* outperform\w* вовлека\w+ engaging анти\w+ took weakest strongest lowest biggest лучш\w+ худш\w+ топ топ-?\d+ топов\w+ топчик\w* популярн\w+ успешн\w+ удачн\w+ крут\w+ залет\w+ зашедш\w+ зашел зашла"
    r" зашли зашло выстрел\w* завирус\w+ вирусн\w+ обсуждаем\w+ просматриваем\w+ читаем\w+ top top-?\d+ best worst viewed liked shared"
    r" popular commented performed viral hits? performing successful discussed highest рейтинг\w* rank\w* провал\w* неудачн\w+ flop\w* слаб\w+ сильн\w+ fail\w*"
)
TAKES_OFF = r"залетело залетел залетала выстрелило выстрелил завирусилось бомбануло бомбанул рванул\w* стрельнул\w* popped took залетели выстрелили зашли залетел\w* выстрелил\w* завирусил\w* зашло зашел viral blew worked"
SUPERLATIVES = r"least fewest наибольш\w+ наименьш\w+ highest biggest lowest последн\w+ last latest recent хуже самы\w+ самое самая больше лучше всего всех most more better best ever better"
WHEN = r"часу когда время часы? часов час день дни дней time times when hours? days? сколько утром вечером днем ночью утра вечера утро вечер morning evening afternoon night выходн\w+ будн\w+ weekends? weekdays? часто often"
PUBLISH = r"запостить заплан\w+ запланировать заливать публиковаться постить запостить публиковать опубликовать выкладывать выложить выпускать постинг\w* публикаци[яию] posting publish\w* выходить выкладк\w+"
WRITE = r"постить публиковать выкладывать писать снимать делать post publish write make"
ACTIVE = r"активн\w+ онлайн читает читают сидит сидят заходит заходят online active reads? reading awake"
KINDS = (
    r"сторис\w* стори stories reels? шортс\w* shorts? голосов\w+ гифк\w* gifs? стикер\w* подкаст\w* репорт[а]ж\w* коротыш\w* лонг\w* заметочк\w* карусел\w+ carousels? мем мемы мемов memes? контент\w* формат\w* тем тема темы темам темами рубрик\w* видео\w* видос\w* фото\w* картинк\w* кружк\w* опрос\w* лонгрид\w*"
    r" текст\w* рилс\w* content formats? topics? themes? videos? photos? pictures? images? texts? polls? types? kinds? sorts? stuff длинн\w+ коротк\w+ long short"
)
WORKS = (
    r"помога\w+ показыва\w+ рулит рулят helps? help performs заход\w+ зайдет работает работают сработает нравится нравятся вовлека\w+ откликается works? working perform\w* resonat\w+"
    r" engages? engaging likes? liked loves? prefers? любит любят предпочита\w+ better лучше"
)

# What the bot does.
SUMMARIES = r"сводк\w+ дайджест\w* рассылк\w+ summar\w+ digests? newsletter"
SEND = (
    r"приходили приходил приходила пришлет присылался дублиру\w+ присыла\w+ присла\w+ пришли\w* шли слать отправля\w+ отправь\w* получать приход\w+ кида\w+ скидыва\w+ слала send sends sending"
    r" receive receiving get getting deliver\w*"
)
OFF = (
    r"заглуши\w* глуши\w* отруби\w* уйми\w* отпишись отпишите silence quiet выкл kill вырубай\w* заткни\w* enough remove отписаться unsub отключ\w+ выключ\w+ вырубить? выруби\w* прекрати\w* останови\w* перестань\w* хватит убери\w* убрать отпиши\w* отмени\w* off stop"
    r" disable mute unsubscribe cancel"
)
ON = r"bring back включ\w+ подпиши\w* верни\w* запусти\w* настро\w+ on enable start activate resume"
ALERTS = r"тревог\w* алерт\w* сигналк\w* пингов уведомлени\w+ предупреждени\w+ алерт\w* оповещени\w+ notifications? alerts? warnings?"
TELL = (
    r"маякни\w* свистни\w* дерни\w* пинг\w* пингани\w* стукни\w* крикни\w* шепни\w* пиши ping shout text предупре\w+ сообщ\w+ уведом\w+ оповест\w+ оповещ\w+ сигнал\w* маякн\w+ напиши\w* пиши\w* скажи\w* знать дай"
    r" notify warn alert ping tell know message"
)
IF = r"если когда if when once"
COMPARE = r"рядом сопоставь\w* сравнени\w+ stack впереди ahead сопостав\w+ отлича\w+ отличи\w+ разниц\w+ difference side сравн\w+ compar\w+ против against vs versus рядом"
EXPORT = (
    r"экселк\w* файлик\w* файлом выгрузочк\w* табличкой таблицей tables? таблиц\w+ табличк\w+ excel эксел\w+ ексел\w+ xlsx spreadsheet csv выгруз\w+ выгруж\w+ скача\w+ экспорт\w* export\w*"
    r" download\w* файл\w* file google гугл"
)
DATA = r"данны\w+ инф\w+ data info information account аккаунт\w*"
ADD = (
    r"добавим подключим добавь\w* добавить добавлять добавляем подключи подключить подключите подключать подключаем привяжи привязать add adding"
    r" connect connecting link"
)
ADDED = r"подключен\w* подключен\w* добавлен\w* отслежива\w+ следишь connected added tracked tracking track watching список списком list"
DELETE = r"удал\w+ сотри\w* стереть стирай снеси забудь\w* очисти\w* delete erase remove wipe forget clear"
STORE = r"хран\w+ собира\w+ знаешь store stored stores keep collect know"
LANGUAGES = (
    r"по-русски по-английски инглиш\w* англ\w* русс?к\w* английск\w+ русск\w+ english russian инглиш англ"
)
SPEAK = r"верни\w* пиш\w+ пиши write writing язык\w* переключ\w+ смени\w* поменя\w+ говор\w+ общ\w+ отвечай\w* сделай switch speak\w* talk change language answer reply set"
CAPABLE = r"умеешь умеет функци\w+ возможност\w+ features? commands? команды capabilities functions"
BOT = r"бот бота боте ботом bot you this it тобой этим тут"
USE = r"пользоваться использовать работать работает работаешь начать works? use using start"
HOW = r"как how чего"
PRICE = r"стоил\w* почем fair цен[аыуе] ценой стоимост\w+ стоит обош\w+ обход\w+ costs? price prices плачу платим платить pay paying pays paid заплатил\w*"
UNITS = r"подписч\w+ просмотр\w* клик\w* тысяч\w* subscribers? subs? followers? views? clicks?"
ADS = r"рекла рекламк\w* закуп\w* интеграци\w+ посев\w* promo promos adverts? реклам\w* закуп\w* размещени\w+ ads? advert\w* placements?"
PAID = r"окупил\w* принес\w* отработал\w* payback окупил\w* окупа\w+ окупит\w* отбил\w* вышла принесл\w+ paid roi brought"
OTHERS = r"похожи\w+ аналогичн\w+ таких такого такими размер\w* размах\w* масштаб\w* size sized similar peers других конкурент\w+ нише ниша рынк\w+ отрасл\w+ others? competitors? niche industry market rivals"
SUSPECT = (
    r"full чист\w+ подозрительн\w+ sus shady оцени\w* rate checking реальн\w+ проб[еи]\w+ проанализируй\w* анализ analy[sz]e look посмотри\w* денег деньги смысл vet vetted fair накру\w+ чекн\w+ нормальн\w+ норм бот\w* провер\w+ честн\w+ жив\w+ адекватн\w+ годн\w+ надежн\w+ фейк\w* legit fakes? real"
    r" bots? botted scam check worth trust\w* audit аудит\w* good decent organic стоит"
)
BUY = r"заплатить pay купить покупать брать взять закупать\w* закупиться рекламиться разместиться размещаться buy buying advertise"
OPINION = r"скажешь думаешь мнение think opinion thoughts посоветуешь рекомендуешь recommend"
LOOK = r"глянь\w* гляди погляди посмотри\w* покажи\w* зацени\w* чекни look"

# They belong to no subject: pronouns, prepositions, particles, auxiliaries, politeness, an asker's own hurry.
_RUSSIAN = (
    r"вот коротко коротенько то скажем однако автоматом сам сами прямо вроде кажется собственно значит похоже получается наконец часом поживают дням куда свои своя свое здаров\w* дарова хай прив салют знать чет насколько посоветуй\w* порекоменду\w+ своими котор\w+ видеть видно показыва\w+ рассказать рассказывай оцени замерь проанализируй анализируй посчитай рассчитай я ты мы вы он она оно мне тебе нам вам нас вас тебя меня их его ее себя собой свой свою своих мой моя мое мои моего моей моих"
    r" моему моими наш\w* твой твои кто что чо че чё где как какой какая какие какое каком какую какого какими сколько когда"
    r" каков\w* чем чему кем это этот эта эти этом этой этого эту этих тот та те там тут здесь вот уже еще опять снова сейчас теперь тоже"
    r" также только очень сам самые самый самая самое всего вообще вобще бы ли же ну а и но или если чтобы чтоб что-то какой-то как-то в во"
    r" на по за из от до с со у к ко о об обо про для при через между без под перед быть есть был была было были будет будут можно"
    r" могу можешь может могли надо нужно нужен нужна нужны хочу хочется хотим хотел\w* хотелось должен давай давайте дай дайте"
    r" покаж\w* показать посмотри\w* посмотреть глянь глянуть скажи\w* подскажи\w* расскажи\w* напиши скинь\w* кинь пришли\w*"
    r" вышли выведи открой сделай дай\w* узнать понять увидеть интересно пожалуйста пожалуста пожалста плиз плз пж привет здравствуйте добрый"
    r" слушай короче блин кстати типа так такой такая такое такие такую прям реально просто быстро срочно последнее недавно один одного одну вдруг резко сильно общий"
    r" общая общие полный полную подробн\w+ кратк\w+ средн\w+ среднем примерно ваще чот че-то нынче обстоят дела идут идет ребят друг бро совсем взглянуть весь всю вся телег\w+ телеграм\w* тг раз раза два вдвое делать сделать интересует"
)
_ENGLISH = (
    r"anyway basically honestly seriously kinda sorta ones been own these days say back anything love keep keeps who's take suggest recommend only anyone there's across analyze analyse measure calculate compute put been these i i'm im i'd id me my mine you your u ur we we're were our ours us he it its it's they their them this that that's these those the a"
    r" an who which what what's whats how how's hows where is isn't isnt are aren't was were be been being am do does doesn't did didn't"
    r" doing done have has had will would could can can't should shall may might to of in on at by for from with about per into"
    r" over between so and or but if as than then there here now rn just really actually again still yet all any some please pls plz hey hi"
    r" hello yo bro dude man ok okay show give tell see get getting let lets let's want wanna need like look looking pull up out go going come came"
    r" find check display quick quickly asap overall total exact current average avg mean recently lately much many often yet guys telegram tg went gone seems seem became become"
    r" wondering curious maybe possible possibly kindly btw tho though too also best-performing one"
)
RAISE = r"подня\w+ подним\w+ увелич\w+ повы\w+ улучш\w+ increase raise boost improve lift"
AFFECT = r"повлия\w+ влия\w+ просадил\w* affect\w* made hurts?"
GET = r"collect\w* принос\w+ brings? набира\w+ собира\w+ набрал\w* собрал\w* получа\w+ дают дал gets? got getting did do does doing"
COUNTS = r"\d{1,2} три пять десять three five ten"
FUNCTION = group(_RUSSIAN, _ENGLISH)
NEGATIONS = group(r"aren't arent не нет ни без no not don't dont doesn't isn't never без")
THANKS = group(r"спасибо спс пасиб\w* благодарю thanks thank thx ty")
