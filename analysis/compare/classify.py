"""Frames learned from a coded sample: the names of :mod:`analysis.compare.learned` in one place."""

from __future__ import annotations

from analysis.compare.learned.coded import CodedSample, read_coded
from analysis.compare.learned.evaluation import Evaluation, evaluate_frames
from analysis.compare.learned.model import FrameModel
from analysis.compare.learned.training import train_frames

__all__ = [
    "CodedSample",
    "Evaluation",
    "FrameModel",
    "evaluate_frames",
    "read_coded",
    "train_frames",
]
