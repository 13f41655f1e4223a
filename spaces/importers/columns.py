"""Which column of a file is which fact: guessed from its name, in the portal's languages. A leaf."""

from django.utils.translation import gettext_lazy as _

from .words import plain

# Every fact that a file may tell, what it is called in a form, and what its column may be called.
FIELDS = {
    "name": (_("Name"), "name, space, title, venue, nombre, espacio, nom, titre, lieu, الاسم, اسم, 名稱, 名称, 名字"),
    "kind": (_("Kind"), "kind, type, category, tipo, clase, categoría, genre, catégorie, النوع, نوع, 類型, 类型, 種類"),
    "address": (
        _("Street address"),
        "address, street address, street, addr street, addr full, dirección, calle, adresse, rue, العنوان, عنوان, 地址, 街道",
    ),
    "city": (_("City"), "city, town, place, addr city, ciudad, localidad, ville, المدينة, مدينة, 城市, 市"),
    "country": (_("Country"), "country, country code, addr country, país, pays, code pays, الدولة, البلد, بلد, 國家, 国家"),
    "latitude": (_("Latitude"), "latitude, lat, y, latitud, geometry latitude, خط العرض, 緯度, 纬度"),
    "longitude": (_("Longitude"), "longitude, lon, lng, long, x, longitud, geometry longitude, خط الطول, 經度, 经度"),
    "capacity": (
        _("People"),
        "capacity, people, seats, max people, personas, capacidad, aforo, plazas, capacité, personnes, places, السعة, "
        "عدد الأشخاص, 人數, 容量",
    ),
    "facilities": (
        _("Facilities"),
        "facilities, amenities, equipment, instalaciones, servicios, equipamiento, équipements, équipement, المرافق, "
        "التجهيزات, 設施, 设施, 設備",
    ),
    "step_free": (
        _("Step-free access"),
        "step free, step free access, wheelchair, accessible, accessibility, accesible, accesibilidad, sin escalones, "
        "accessibilité, sans marches, الوصول بدون درج, 無障礙, 无障碍",
    ),
    "cost": (_("Cost"), "cost, fee, costo, coste, coût, cout, tarif, التكلفة, 費用, 费用"),
    "price": (_("Price"), "price, amount, precio, prix, montant, السعر, 價格, 价格"),
    "currency": (_("Currency"), "currency, moneda, divisa, monnaie, devise, العملة, 貨幣, 货币"),
    "website": (
        _("Website"),
        "website, web, url, homepage, link, sitio web, site web, site, الموقع الإلكتروني, 網站, 网站, 網址",
    ),
    "tags": (_("Tags"), "tags, keywords, etiquetas, étiquettes, mots clés, الوسوم, 標籤, 标签"),
    "source_id": (_("Id in the source"), "id, key, osm id, identifier, identificador, identifiant, المعرف, 編號"),
    "source_url": (_("Address in the source"), "source url, source link"),
    "slug": (_("Address of our page"), "slug"),
}
NEEDED = ("name", "latitude", "longitude")


def guess(table):
    """{field: column} as far as the names of the columns tell."""
    by_name = {plain(column): column for column in reversed(table.columns)}
    found = {}
    for field, (_label, names) in FIELDS.items():
        match = next((by_name[name] for name in map(plain, names.split(",")) if name in by_name), None)
        if match and match not in found.values():
            found[field] = match
    return found | table.fixed


def unused(table, columns):
    """What a file tells and the directory does not take."""
    return [column for column in table.columns if column not in columns.values()]
