"""A web feature service of one layer of roads, on this computer, with answers from a table."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

Road = tuple[str, str, tuple[float, float, float, float]]  # identifier, class, box

CAPABILITIES = """<?xml version="1.0"?>
<WFS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wfs"
 xmlns:ogc="http://www.opengis.net/ogc" xmlns:county="http://example.org/county">
 <Service><Name>WFS</Name><Title>county</Title><OnlineResource>{url}</OnlineResource></Service>
 <Capability><Request>
  <GetCapabilities><DCPType><HTTP><Get onlineResource="{url}?"/></HTTP></DCPType></GetCapabilities>
  <DescribeFeatureType><SchemaDescriptionLanguage><XMLSCHEMA/></SchemaDescriptionLanguage>
   <DCPType><HTTP><Get onlineResource="{url}?"/></HTTP></DCPType></DescribeFeatureType>
  <GetFeature><ResultFormat><GML2/></ResultFormat>
   <DCPType><HTTP><Get onlineResource="{url}?"/></HTTP></DCPType></GetFeature>
 </Request></Capability>
 <FeatureTypeList><Operations><Query/></Operations>
  <FeatureType><Name>county:roads</Name><Title>roads</Title><SRS>EPSG:4546</SRS>
   <LatLongBoundingBox minx="111" miny="33" maxx="112" maxy="34"/></FeatureType>
 </FeatureTypeList>
 <ogc:Filter_Capabilities><ogc:Spatial_Capabilities><ogc:Spatial_Operators><ogc:BBOX/>
  </ogc:Spatial_Operators></ogc:Spatial_Capabilities></ogc:Filter_Capabilities>
</WFS_Capabilities>"""

SCHEMA = """<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:gml="http://www.opengis.net/gml"
 xmlns:county="http://example.org/county" targetNamespace="http://example.org/county"
 elementFormDefault="qualified">
 <xs:import namespace="http://www.opengis.net/gml"
  schemaLocation="http://schemas.opengis.net/gml/2.1.2/feature.xsd"/>
 <xs:element name="roads" type="county:roadsType" substitutionGroup="gml:_Feature"/>
 <xs:complexType name="roadsType"><xs:complexContent><xs:extension base="gml:AbstractFeatureType">
  <xs:sequence>
   <xs:element name="geom" type="gml:PolygonPropertyType" minOccurs="0"/>
   <xs:element name="road_id" type="xs:string"/>
   <xs:element name="road_class" type="xs:string"/>
   <xs:element name="delivered_on" type="xs:date" minOccurs="0"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
</xs:schema>"""

COLLECTION = """<?xml version="1.0"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml"
 xmlns:county="http://example.org/county">{members}</wfs:FeatureCollection>"""

MEMBER = """<gml:featureMember><county:roads fid="roads.{name}">
 <county:geom><gml:Polygon srsName="EPSG:4546"><gml:outerBoundaryIs><gml:LinearRing>
  <gml:coordinates>{corners}</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs>
 </gml:Polygon></county:geom>
 <county:road_id>{name}</county:road_id><county:road_class>{road_class}</county:road_class>
 <county:delivered_on>2001-05-01</county:delivered_on></county:roads></gml:featureMember>"""


def answer(query: str, url: str, roads: Sequence[Road]) -> str:
    """What the service says to one request."""
    words = {key.upper(): one[0] for key, one in parse_qs(query).items()}
    asked = words.get("REQUEST", "")
    if asked == "GetCapabilities":
        return CAPABILITIES.format(url=url)
    if asked == "DescribeFeatureType":
        return SCHEMA
    members = [
        MEMBER.format(
            name=name,
            road_class=road_class,
            corners=f"{west},{south} {east},{south} {east},{north} {west},{north} {west},{south}",
        )
        for name, road_class, (west, south, east, north) in roads
    ]
    return COLLECTION.format(members="".join(members))


@contextmanager
def service(
    roads: Sequence[Road], before_roads: Callable[[], object] = lambda: None
) -> Iterator[str]:
    """The address of a service; what changes in ``roads`` is in its next answer.

    ``before_roads`` is called in the service's own thread before it answers with them.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "request=getfeature" in self.path.lower().split("&"):
                before_roads()
            url = f"http://127.0.0.1:{self.server.server_address[1]}/wfs"
            body = answer(urlparse(self.path).query, url, roads).encode("utf-8")
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/wfs"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
