"""Cities by the names people type, Russian and English, with the zone each lives in. tzdata's own cities come on top."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    russian: str
    english: str
    zone: str
    latitude: float
    longitude: float


_TABLE = """
Europe/Kaliningrad: Калининград/Kaliningrad 54.7 20.5
Europe/Moscow: Москва/Moscow 55.8 37.6; Санкт-Петербург/Saint Petersburg 59.9 30.3; Нижний Новгород/Nizhny Novgorod 56.3 44.0;
 Казань/Kazan 55.8 49.1; Ростов-на-Дону/Rostov-on-Don 47.2 39.7; Краснодар/Krasnodar 45.0 39.0; Сочи/Sochi 43.6 39.7;
 Воронеж/Voronezh 51.7 39.2; Волгоград/Volgograd 48.7 44.5; Ярославль/Yaroslavl 57.6 39.9; Мурманск/Murmansk 69.0 33.1;
 Архангельск/Arkhangelsk 64.5 40.5; Махачкала/Makhachkala 43.0 47.5; Ставрополь/Stavropol 45.0 42.0; Тула/Tula 54.2 37.6;
 Рязань/Ryazan 54.6 39.7; Пенза/Penza 53.2 45.0; Липецк/Lipetsk 52.6 39.6; Киров/Kirov 58.6 49.7; Тверь/Tver 56.9 35.9;
 Белгород/Belgorod 50.6 36.6; Курск/Kursk 51.7 36.2; Брянск/Bryansk 53.2 34.4; Чебоксары/Cheboksary 56.1 47.3;
 Вологда/Vologda 59.2 39.9; Смоленск/Smolensk 54.8 32.0; Калуга/Kaluga 54.5 36.3; Сыктывкар/Syktyvkar 61.7 50.8;
 Петрозаводск/Petrozavodsk 61.8 34.3; Грозный/Grozny 43.3 45.7; Псков/Pskov 57.8 28.3
Europe/Simferopol: Симферополь/Simferopol 44.9 34.1; Севастополь/Sevastopol 44.6 33.5
Europe/Samara: Самара/Samara 53.2 50.2; Тольятти/Tolyatti 53.5 49.4; Ижевск/Izhevsk 56.9 53.2
Europe/Saratov: Саратов/Saratov 51.5 46.0
Europe/Astrakhan: Астрахань/Astrakhan 46.3 48.0
Europe/Ulyanovsk: Ульяновск/Ulyanovsk 54.3 48.4
Asia/Yekaterinburg: Екатеринбург/Yekaterinburg 56.8 60.6; Челябинск/Chelyabinsk 55.2 61.4; Уфа/Ufa 54.7 56.0;
 Пермь/Perm 58.0 56.3; Тюмень/Tyumen 57.2 65.5; Оренбург/Orenburg 51.8 55.1; Магнитогорск/Magnitogorsk 53.4 59.0;
 Сургут/Surgut 61.3 73.4; Курган/Kurgan 55.4 65.3; Ханты-Мансийск/Khanty-Mansiysk 61.0 69.0
Asia/Omsk: Омск/Omsk 55.0 73.4
Asia/Novosibirsk: Новосибирск/Novosibirsk 55.0 82.9
Asia/Barnaul: Барнаул/Barnaul 53.3 83.8
Asia/Tomsk: Томск/Tomsk 56.5 85.0
Asia/Novokuznetsk: Новокузнецк/Novokuznetsk 53.8 87.1; Кемерово/Kemerovo 55.4 86.1
Asia/Krasnoyarsk: Красноярск/Krasnoyarsk 56.0 92.9; Абакан/Abakan 53.7 91.4; Норильск/Norilsk 69.3 88.2
Asia/Irkutsk: Иркутск/Irkutsk 52.3 104.3; Улан-Удэ/Ulan-Ude 51.8 107.6
Asia/Chita: Чита/Chita 52.0 113.5
Asia/Yakutsk: Якутск/Yakutsk 62.0 129.7; Благовещенск/Blagoveshchensk 50.3 127.5
Asia/Vladivostok: Владивосток/Vladivostok 43.1 131.9; Хабаровск/Khabarovsk 48.5 135.1
Asia/Magadan: Магадан/Magadan 59.6 150.8
Asia/Sakhalin: Южно-Сахалинск/Yuzhno-Sakhalinsk 47.0 142.7
Asia/Kamchatka: Петропавловск-Камчатский/Petropavlovsk-Kamchatsky 53.0 158.7
Europe/Minsk: Минск/Minsk 53.9 27.6; Гомель/Gomel 52.4 31.0; Брест/Brest 52.1 23.7
Europe/Kyiv: Киев/Kyiv 50.5 30.5; Харьков/Kharkiv 50.0 36.2; Одесса/Odesa 46.5 30.7; Днепр/Dnipro 48.5 35.0; Львов/Lviv 49.8 24.0
Europe/Chisinau: Кишинёв/Chisinau 47.0 28.8
Asia/Almaty: Алматы/Almaty 43.2 76.9; Астана/Astana 51.2 71.4; Шымкент/Shymkent 42.3 69.6; Караганда/Karaganda 49.8 73.1
Asia/Tashkent: Ташкент/Tashkent 41.3 69.3
Asia/Samarkand: Самарканд/Samarkand 39.7 67.0
Asia/Bishkek: Бишкек/Bishkek 42.9 74.6
Asia/Dushanbe: Душанбе/Dushanbe 38.6 68.8
Asia/Ashgabat: Ашхабад/Ashgabat 37.9 58.4
Asia/Baku: Баку/Baku 40.4 49.9
Asia/Yerevan: Ереван/Yerevan 40.2 44.5
Asia/Tbilisi: Тбилиси/Tbilisi 41.7 44.8; Батуми/Batumi 41.6 41.6
Europe/Riga: Рига/Riga 56.9 24.1
Europe/Vilnius: Вильнюс/Vilnius 54.7 25.3
Europe/Tallinn: Таллин/Tallinn 59.4 24.8
Europe/London: Лондон/London 51.5 -0.1
Europe/Berlin: Берлин/Berlin 52.5 13.4; Мюнхен/Munich 48.1 11.6; Гамбург/Hamburg 53.6 10.0
Europe/Paris: Париж/Paris 48.9 2.4
Europe/Madrid: Мадрид/Madrid 40.4 -3.7; Барселона/Barcelona 41.4 2.2
Europe/Lisbon: Лиссабон/Lisbon 38.7 -9.1
Europe/Rome: Рим/Rome 41.9 12.5; Милан/Milan 45.5 9.2
Europe/Vienna: Вена/Vienna 48.2 16.4
Europe/Prague: Прага/Prague 50.1 14.4
Europe/Warsaw: Варшава/Warsaw 52.2 21.0
Europe/Belgrade: Белград/Belgrade 44.8 20.5
Europe/Podgorica: Подгорица/Podgorica 42.4 19.3
Europe/Athens: Афины/Athens 38.0 23.7
Europe/Sofia: София/Sofia 42.7 23.3
Europe/Amsterdam: Амстердам/Amsterdam 52.4 4.9
Europe/Helsinki: Хельсинки/Helsinki 60.2 24.9
Europe/Istanbul: Стамбул/Istanbul 41.0 29.0; Анталья/Antalya 36.9 30.7; Анкара/Ankara 39.9 32.9
Asia/Nicosia: Лимасол/Limassol 34.7 33.0; Никосия/Nicosia 35.2 33.4
Asia/Jerusalem: Тель-Авив/Tel Aviv 32.1 34.8; Иерусалим/Jerusalem 31.8 35.2
Africa/Cairo: Каир/Cairo 30.0 31.2
Asia/Dubai: Дубай/Dubai 25.2 55.3; Абу-Даби/Abu Dhabi 24.5 54.4
Asia/Kolkata: Дели/Delhi 28.6 77.2; Мумбаи/Mumbai 19.1 72.9; Гоа/Goa 15.5 73.8
Asia/Kathmandu: Катманду/Kathmandu 27.7 85.3
Asia/Bangkok: Бангкок/Bangkok 13.8 100.5; Пхукет/Phuket 7.9 98.4; Паттайя/Pattaya 12.9 100.9
Asia/Makassar: Бали/Bali -8.4 115.2
Asia/Ho_Chi_Minh: Хошимин/Ho Chi Minh City 10.8 106.7; Нячанг/Nha Trang 12.2 109.2
Asia/Shanghai: Пекин/Beijing 39.9 116.4; Шанхай/Shanghai 31.2 121.5
Asia/Seoul: Сеул/Seoul 37.6 127.0
Asia/Tokyo: Токио/Tokyo 35.7 139.7
Asia/Singapore: Сингапур/Singapore 1.4 103.8
Australia/Sydney: Сидней/Sydney -33.9 151.2
America/New_York: Нью-Йорк/New York 40.7 -74.0; Майами/Miami 25.8 -80.2; Вашингтон/Washington 38.9 -77.0
America/Chicago: Чикаго/Chicago 41.9 -87.6
America/Los_Angeles: Лос-Анджелес/Los Angeles 34.1 -118.2; Сан-Франциско/San Francisco 37.8 -122.4
America/Toronto: Торонто/Toronto 43.7 -79.4
America/Mexico_City: Мехико/Mexico City 19.4 -99.1
America/Argentina/Buenos_Aires: Буэнос-Айрес/Buenos Aires -34.6 -58.4
America/Sao_Paulo: Сан-Паулу/Sao Paulo -23.5 -46.6
""".strip()


def _read() -> tuple[City, ...]:
    found = []
    for line in _TABLE.replace("\n ", " ").splitlines():
        zone, _, cities = line.partition(": ")
        for city in cities.split(";"):
            names, latitude, longitude = city.strip().rsplit(" ", 2)
            russian, _, english = names.partition("/")
            found.append(City(russian, english, zone, float(latitude), float(longitude)))
    return tuple(found)


CITIES = _read()
