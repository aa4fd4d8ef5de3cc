"""Frames learned from a coded sample: the names of :mod:`analysis.compare.learned` in one place."""

from __future__ import annotations

from analysis.compare.learned.applying import apply_frames, check_rows_path, write_applied
from analysis.compare.learned.coded import CodedSample, read_coded
from analysis.compare.learned.evaluation import Evaluation, evaluate_frames, train_and_evaluate
from analysis.compare.learned.files import check_model_path
from analysis.compare.learned.loading import load_frame_model
from analysis.compare.learned.model import FrameModel
from analysis.compare.learned.training import train_frames

__all__ = [
    "CodedSample",
    "Evaluation",
    "FrameModel",
    "apply_frames",
    "check_model_path",
    "check_rows_path",
    "evaluate_frames",
    "load_frame_model",
    "read_coded",
    "train_and_evaluate",
    "train_frames",
    "write_applied",
]
