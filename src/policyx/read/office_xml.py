"""A part of an office document in a ZIP archive goes in, the tree of its XML goes out."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

from policyx.errors import ReadError
from policyx.read.archive import opened, unpacked


class Package:
    """The parts of an office document (DOCX, XLSX, PPTX, ODS, OFD); `kind` is what messages call it."""

    def __init__(self, data: bytes, path: str, kind: str) -> None:
        self.path = path
        self.kind = kind
        self._archive = opened(data, path)
        self._infos: dict[str, zipfile.ZipInfo] = {
            info.filename.lstrip("/").replace("\\", "/"): info for info in self._archive.infolist()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        """The names of all parts, in their order."""
        return list(self._infos)

    def data(self, name: str) -> bytes:
        """The bytes of a part. Raises ReadError where it is missing, damaged or too large."""
        if name not in self._infos:
            raise ReadError(self.path, f"is {self.kind}, but damaged: {name} is missing")
        return unpacked(self._archive, self._infos[name], self.path)

    def tree(self, name: str) -> ElementTree.Element:
        """The XML of a part. A document type, which no such part has, could name files or grow without bound."""
        data = self.data(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ReadError(self.path, f"is no proper {self.kind.partition(' ')[2]}: {name} declares a document type")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadError(self.path, f"is {self.kind}, but damaged: {name}: {error}") from None
        except RecursionError:
            raise ReadError(self.path, f"is {self.kind}, but {name} is nested too deeply") from None

    def found_tree(self, name: str) -> ElementTree.Element | None:
        """The XML of a part; None where there is none."""
        return self.tree(name) if name in self else None

    def relations(self, name: str) -> dict[str, str]:
        """The parts that a part of an Open XML document refers to: their names by the ids under which it does so."""
        folder, _, file = name.rpartition("/")
        root = self.found_tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                found[relation.get("Id", "")] = joined(folder, target)
        return found


def joined(folder: str, target: str) -> str:
    """The name of a part that stands in `folder` or, with a slash at its beginning, in the archive itself."""
    parts: list[str] = [] if target.startswith("/") else [part for part in folder.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def local(tag: str) -> str:
    """The name of an element without its namespace: writers of one format disagree on these."""
    return tag.rpartition("}")[2]
